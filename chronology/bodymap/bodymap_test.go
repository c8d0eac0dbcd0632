package bodymap

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"throughline/records"
)

func TestViews(t *testing.T) {
	var codes []string
	for _, v := range Views() {
		codes = append(codes, v.Code)
		if v.Name == "" || len(v.Outlines) != 1 || len(v.Strokes) < 5 || len(v.regions) < 15 {
			t.Errorf("%s is called %q and has %d outlines, %d strokes, %d regions", v.Code, v.Name, len(v.Outlines), len(v.Strokes), len(v.regions))
		}
		if !slices.Contains([]string{"left", "right", "all", "none"}, v.left) {
			t.Errorf("%s: the child's left is %q", v.Code, v.left)
		}
		a := v.At
		if a.X < 0 || a.Y < 0 || a.X+a.W > SheetWidth || a.Y+a.H > SheetHeight {
			t.Errorf("%s stands at %v, beside the sheet", v.Code, a)
		}
		for _, o := range Views() {
			if b := o.At; o != v && a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H {
				t.Errorf("%s stands upon %s", v.Code, o.Code)
			}
		}
	}
	if want := []string{"front", "back", "left_head", "right_head"}; !slices.Equal(codes, want) {
		t.Errorf("views %q, want %q", codes, want)
	}
}

func TestOutlinesAreClosedAndInside(t *testing.T) {
	for _, v := range Views() {
		for _, o := range v.Outlines {
			if first, last := o[0], o[len(o)-1]; v.distance(first, last) > 1e-9 {
				t.Errorf("%s: the outline begins at %v and ends at %v", v.Code, first, last)
			}
			if len(o) < 60 || len(o) > 500 {
				t.Errorf("%s: the outline has %d points", v.Code, len(o))
			}
			for i, p := range o {
				if p.X < 0 || p.X > 1 || p.Y < 0 || p.Y > 1 {
					t.Errorf("%s: point %d of the outline is at %v", v.Code, i, p)
				}
				if i > 0 && v.distance(o[i-1], p) > 40 {
					t.Errorf("%s: the outline leaps from %v to %v", v.Code, o[i-1], p)
				}
			}
			if crossed := crossing(o); crossed {
				t.Errorf("%s: the outline crosses itself", v.Code)
			}
		}
		for _, s := range v.Strokes {
			for _, p := range s {
				if _, ok := v.On(p); !ok {
					t.Errorf("%s: a stroke goes through %v, off the child", v.Code, p)
				}
			}
		}
	}
}

// crossing reports whether two lines of an outline cross.
func crossing(o []Point) bool {
	turn := func(a, b, c Point) float64 { return (b.X-a.X)*(c.Y-a.Y) - (b.Y-a.Y)*(c.X-a.X) }
	for i := 1; i < len(o); i++ {
		for j := i + 2; j < len(o); j++ {
			a, b, c, d := o[i-1], o[i], o[j-1], o[j]
			if turn(a, b, c)*turn(a, b, d) < -1e-12 && turn(c, d, a)*turn(c, d, b) < -1e-12 {
				return true
			}
		}
	}
	return false
}

func TestBodiesAreTheSameOnBothSides(t *testing.T) {
	for _, code := range []string{"front", "back"} {
		o := Find(code).Outlines[0]
		for i, p := range o {
			q := o[len(o)-1-i]
			if math.Abs(p.X+q.X-1) > 1e-9 || math.Abs(p.Y-q.Y) > 1e-9 {
				t.Fatalf("%s: %v has %v on the other side", code, p, q)
			}
		}
	}
}

// A child of about seven is six heads high; an adult is nearly eight.
func TestProportionsOfAChild(t *testing.T) {
	v := Find("front")
	top, chin, sole := 1.0, 34.4/200, 0.0
	for _, p := range v.Outlines[0] {
		top, sole = min(top, p.Y), max(sole, p.Y)
	}
	if heads := (sole - top) / (chin - top); heads < 5.7 || heads > 6.7 {
		t.Errorf("the child is %.1f heads high", heads)
	}
}

func TestRegion(t *testing.T) {
	for _, c := range []struct {
		view string
		x, y float64
		want string
	}{
		{"front", 0.5, 0.025, "top of the head"},
		{"front", 0.5, 0.06, "forehead"},
		{"front", 0.555, 0.097, "left eye"},
		{"front", 0.445, 0.097, "right eye"},
		{"front", 0.5, 0.12, "nose"},
		{"front", 0.57, 0.13, "left cheek"},
		{"front", 0.43, 0.13, "right cheek"},
		{"front", 0.5, 0.146, "mouth"},
		{"front", 0.5, 0.165, "chin"},
		{"front", 0.64, 0.1, "left ear"},
		{"front", 0.5, 0.19, "neck"},
		{"front", 0.71, 0.245, "left shoulder"},
		{"front", 0.6, 0.3, "left side of the chest"},
		{"front", 0.4, 0.3, "right side of the chest"},
		{"front", 0.5, 0.3, "middle of the chest"},
		{"front", 0.33, 0.3, "right armpit"},
		{"front", 0.74, 0.32, "left upper arm"},
		{"front", 0.26, 0.32, "right upper arm"},
		{"front", 0.78, 0.4, "inside of the left elbow"},
		{"front", 0.81, 0.455, "left forearm"},
		{"front", 0.85, 0.515, "left wrist"},
		{"front", 0.88, 0.56, "left palm"},
		{"front", 0.9, 0.6, "left palm"},
		{"front", 0.93, 0.55, "left thumb"},
		{"front", 0.58, 0.39, "left side of the abdomen"},
		{"front", 0.64, 0.48, "left hip"},
		{"front", 0.57, 0.47, "lower abdomen, left side"},
		{"front", 0.5, 0.525, "groin"},
		{"front", 0.6, 0.6, "left thigh"},
		{"front", 0.4, 0.6, "right thigh"},
		{"front", 0.6, 0.73, "left knee"},
		{"front", 0.4, 0.82, "right shin"},
		{"front", 0.59, 0.92, "left ankle"},
		{"front", 0.6, 0.965, "left foot"},
		{"front", 0.745, 0.3, "left upper arm"}, // in the arm
		{"front", 0.72, 0.46, ""},               // between arm and body
		{"front", 0.02, 0.02, ""},

		{"back", 0.27, 0.32, "back of the left upper arm"}, // the other way round than the front
		{"back", 0.73, 0.32, "back of the right upper arm"},
		{"back", 0.5, 0.1, "back of the head"},
		{"back", 0.45, 0.1, "back of the head, left side"},
		{"back", 0.395, 0.1, "behind the left ear"},
		{"back", 0.5, 0.18, "back of the neck"},
		{"back", 0.4, 0.3, "left shoulder blade"},
		{"back", 0.5, 0.3, "between the shoulder blades"},
		{"back", 0.5, 0.235, "upper back"},
		{"back", 0.58, 0.39, "middle of the back, right side"},
		{"back", 0.5, 0.45, "lower back"},
		{"back", 0.4, 0.54, "left buttock"},
		{"back", 0.22, 0.4, "left elbow"},
		{"back", 0.88, 0.56, "back of the right hand"},
		{"back", 0.6, 0.62, "back of the right thigh"},
		{"back", 0.6, 0.73, "back of the right knee"},
		{"back", 0.4, 0.82, "left calf"},
		{"back", 0.6, 0.96, "right heel"},

		{"left_head", 0.6, 0.45, "left ear"},
		{"left_head", 0.75, 0.48, "behind the left ear"},
		{"left_head", 0.29, 0.44, "left eye"},
		{"left_head", 0.16, 0.56, "nose"},
		{"left_head", 0.23, 0.68, "mouth"},
		{"left_head", 0.27, 0.79, "chin"},
		{"left_head", 0.28, 0.28, "forehead"},
		{"left_head", 0.45, 0.38, "left temple"},
		{"left_head", 0.4, 0.58, "left cheek"},
		{"left_head", 0.46, 0.73, "left jaw"},
		{"left_head", 0.6, 0.83, "left side of the neck"},
		{"left_head", 0.55, 0.12, "top of the head, left side"},
		{"left_head", 0.83, 0.3, "back of the head, left side"},
		{"right_head", 0.4, 0.45, "right ear"},
		{"right_head", 0.6, 0.58, "right cheek"},
		{"right_head", 0.84, 0.56, "nose"},
		{"right_head", 0.17, 0.3, "back of the head, right side"},
	} {
		if got := Find(c.view).Region(Point{c.x, c.y}); got != c.want {
			t.Errorf("%s at %v, %v is %q, want %q", c.view, c.x, c.y, got, c.want)
		}
	}
}

// Every place on the child has a name of its own, never that of the drawing.
func TestEveryPlaceHasAName(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	for _, v := range Views() {
		used := map[string]bool{}
		for range 20000 {
			p := Point{r.Float64(), r.Float64()}
			_, ok := v.On(p)
			got := v.Region(p)
			used[got] = true
			if (got != "") != ok || got == v.Name {
				t.Fatalf("%s at %v is called %q", v.Code, p, got)
			}
		}
		if len(used) < 15 {
			t.Errorf("%s: only %d names come up", v.Code, len(used))
		}
	}
}

func TestAMarkBesideTheOutlineGoesOntoIt(t *testing.T) {
	v := Find("front")
	on, ok := v.On(Point{0.693, 0.6}) // the outer side of the left thigh is at 0.687
	if !ok || math.Abs(on.X-0.687) > 0.01 || math.Abs(on.Y-0.6) > 0.01 {
		t.Errorf("it goes to %v, %v", on, ok)
	}
	if on, ok := v.On(Point{0.75, 0.6}); ok {
		t.Errorf("a place well beside the child goes to %v", on)
	}
	if on, _ := v.On(Point{0.6, 0.6}); on != (Point{0.6, 0.6}) {
		t.Errorf("a place on the child goes to %v", on)
	}
}

func TestSay(t *testing.T) {
	for _, c := range []struct {
		name string
		mark records.Mark
		want string
	}{
		{"with a note", records.Mark{View: "front", X: 0.57, Y: 0.13, Note: " 2 cm, blue "}, "left cheek: 2 cm, blue"},
		{"without", records.Mark{View: "front", X: 0.6, Y: 0.6}, "left thigh"},
		{"on front and back", records.Mark{View: "back", X: 0.36, Y: 0.11, Note: "red"}, "left ear (back): red"},
		{"on both, the other side", records.Mark{View: "front", X: 0.36, Y: 0.11}, "right ear (front)"},
		{"from the side", records.Mark{View: "left_head", X: 0.6, Y: 0.45}, "left ear"},
		{"beside the child", records.Mark{View: "front", X: 0.01, Y: 0.01, Note: "x"}, "front, beside the drawing: x"},
		{"a drawing of another program", records.Mark{View: "right arm, outer side", X: 0.3, Y: 0.3, Note: "four"}, "right arm, outer side: four"},
	} {
		if got := Say(c.mark); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	if got, want := SayAll([]records.Mark{{View: "front", X: 0.6, Y: 0.6, Note: "One."}, {View: "sole", Note: "two"}}),
		"1 left thigh: One; 2 sole: two"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := SayAll([]records.Mark{{View: "sole", Note: "two"}}); got != "sole: two" {
		t.Errorf("one alone is %q", got)
	}
	if SayAll(nil) != "" || Drawn([]records.Mark{{View: "sole"}}) || !Drawn([]records.Mark{{View: "sole"}, {View: "back"}}) {
		t.Error("no marks say something, or what can be drawn is not known")
	}
}

func TestTheSheetLeadsBack(t *testing.T) {
	for _, v := range Views() {
		p := Point{0.3, 0.6}
		got, q := Under(v.OnSheet(p))
		if got != v || math.Hypot(p.X-q.X, p.Y-q.Y) > 1e-9 {
			t.Errorf("%s: %v leads to %v", v.Code, p, q)
		}
	}
	if v, _ := Under(Point{107, 100}); v != nil {
		t.Errorf("between front and back is %s", v.Code)
	}
}

// What a drawing says of its sides is what it calls the places there.
func TestSides(t *testing.T) {
	for _, v := range Views() {
		for _, s := range v.Sides() {
			x := 0.5 + math.Copysign(0.1, s.At.X-0.5)
			if got := v.Region(Point{x, 0.6}); !strings.Contains(s.Says, "left") == strings.Contains(got, "left") {
				t.Errorf("%s: beside %q is the %s", v.Code, s.Says, got)
			}
			if _, ok := v.On(s.At); ok {
				t.Errorf("%s: %q stands on the child", v.Code, s.Says)
			}
		}
	}
	if n := len(Find("left_head").Sides()); n != 0 {
		t.Errorf("the head from the left has %d sides", n)
	}
}

// The numbers stand clear of one another and of the places they mean.
func TestNumbersStandApart(t *testing.T) {
	var list []records.Mark
	for i := range 20 {
		list = append(list, records.Mark{View: "front", X: 0.5 + 0.01*float64(i%5), Y: 0.3 + 0.01*float64(i/5)})
	}
	list = append(list, records.Mark{View: "sole"}, records.Mark{View: "left_head", X: 0.4, Y: 0.58})
	const radius = 5
	placed := Place(list, radius)
	if len(placed) != 21 || placed[20].Number != 22 {
		t.Fatalf("%d marks are placed, the last as number %d", len(placed), placed[len(placed)-1].Number)
	}
	for i, p := range placed {
		if at := Find(list[p.Number-1].View).OnSheet(Point{list[p.Number-1].X, list[p.Number-1].Y}); p.Spot != at {
			t.Errorf("number %d means %v, want %v", p.Number, p.Spot, at)
		}
		if b := p.Badge; b.X < -2*radius || b.X > SheetWidth+2*radius || b.Y < 0 || b.Y > SheetHeight {
			t.Errorf("number %d stands at %v, beside the sheet", p.Number, b)
		}
		for j, q := range placed {
			if d := math.Hypot(p.Badge.X-q.Badge.X, p.Badge.Y-q.Badge.Y); i != j && d < 2*radius {
				t.Errorf("numbers %d and %d are %.1f apart", p.Number, q.Number, d)
			}
			if d := math.Hypot(p.Badge.X-q.Spot.X, p.Badge.Y-q.Spot.Y); d < radius {
				t.Errorf("number %d covers the place of %d", p.Number, q.Number)
			}
		}
	}
	near := Place([]records.Mark{{View: "front", X: 0.57, Y: 0.13}}, radius)[0]
	if d := math.Hypot(near.Badge.X-near.Spot.X, near.Badge.Y-near.Spot.Y); d > 4*radius {
		t.Errorf("one alone stands %.1f away", d)
	}
	for _, y := range []float64{0.04, 0.06, 0.08, 0.1} {
		p := Place([]records.Mark{{View: "front", X: 0.58, Y: y}}, radius)[0]
		side := Find("front").OnSheet(Find("front").Sides()[1].At)
		if math.Abs(p.Badge.X-side.X) < 18+radius && math.Abs(p.Badge.Y-side.Y) < 5+radius {
			t.Errorf("the number of a mark at %v covers the side, at %v", y, p.Badge)
		}
	}
}
