package pack

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/srwiley/oksvg"
	"github.com/srwiley/rasterx"
)

// Sizes of the icons in CSS pixels: the extension's own, and those of the
// toolbar, which change with the verdict.
var (
	iconSizes  = []int{16, 32, 48, 128}
	stateSizes = []int{16, 32}
)

// icons draws icons/icon.svg and icons/state-*.svg as PNG: icons/icon-16.png
// and so on. Chrome takes no SVG there.
func icons(files map[string][]byte) error {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		dir, base := path.Split(name)
		stem, isSVG := strings.CutSuffix(base, ".svg")
		if dir != "icons/" || !isSVG {
			continue
		}
		sizes := stateSizes
		if stem == "icon" {
			sizes = iconSizes
		} else if !strings.HasPrefix(stem, "state-") {
			continue
		}
		for _, size := range sizes {
			// A drawing made for one size (icon-16.svg) goes before the general.
			drawing := files[name]
			if special := files[fmt.Sprintf("icons/%s-%d.svg", stem, size)]; special != nil {
				drawing = special
			}
			picture, err := rasterise(drawing, size)
			if err != nil {
				return fmt.Errorf("pack: %s: %w", name, err)
			}
			files[fmt.Sprintf("icons/%s-%d.png", stem, size)] = picture
		}
	}
	return nil
}

// rasterise draws an SVG into a transparent square of size pixels. What the
// renderer does not know is an error: an icon must not lack half of itself.
func rasterise(drawing []byte, size int) ([]byte, error) {
	icon, err := oksvg.ReadIconStream(bytes.NewReader(roundEvenly(drawing)), oksvg.StrictErrorMode)
	if err != nil {
		return nil, err
	}
	if icon.ViewBox.W <= 0 || icon.ViewBox.W != icon.ViewBox.H {
		return nil, fmt.Errorf("an icon has to be square, with a viewBox")
	}
	icon.SetTarget(0, 0, float64(size), float64(size))
	for i := range icon.SVGPaths {
		// oksvg scales what is drawn, but not the pen it is drawn with.
		icon.SVGPaths[i].LineWidth *= float64(size) / icon.ViewBox.W
	}
	canvas := image.NewRGBA(image.Rect(0, 0, size, size))
	scanner := rasterx.NewScannerGV(size, size, canvas, canvas.Bounds())
	icon.Draw(rasterx.NewDasher(size, size, scanner), 1)
	if empty(canvas) {
		return nil, fmt.Errorf("the drawing is empty at %d pixels", size)
	}
	var b bytes.Buffer
	enc := png.Encoder{CompressionLevel: png.BestCompression}
	if err := enc.Encode(&b, canvas); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

var rectangle = regexp.MustCompile(`<rect\b[^>]*>`)
var radius = regexp.MustCompile(`\brx\s*=\s*("[^"]*"|'[^']*')`)

// roundEvenly gives a rectangle with rx but no ry the same ry, as SVG says (SVG
// 1.1 section 9.2); oksvg takes it for 0 and draws sharp corners.
func roundEvenly(drawing []byte) []byte {
	return rectangle.ReplaceAllFunc(drawing, func(rect []byte) []byte {
		if bytes.Contains(rect, []byte("ry")) {
			return rect
		}
		return radius.ReplaceAll(rect, []byte("rx=$1 ry=$1"))
	})
}

func empty(canvas *image.RGBA) bool {
	for i := 3; i < len(canvas.Pix); i += 4 {
		if canvas.Pix[i] != 0 {
			return false
		}
	}
	return true
}
