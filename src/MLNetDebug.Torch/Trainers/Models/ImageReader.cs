using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Torch.Trainers.Models;

/// <summary>
/// Reads images as <see cref="ImagePixels.Extraction"/> does, to the bit. ML.NET's own reader disposes of the last image it saw, which a list of the user's still holds: a second pass over it would fail.
/// </summary>
internal sealed class ImageReader(DataViewRow input, DataViewSchema.Column column, IReadOnlyList<long> shape) : FeatureReader
{
    private const float Scale = 1f / 255;

    private readonly ValueGetter<MLImage?> _read = input.GetGetter<MLImage?>(column);

    // Whoever makes an image for each row disposes of the one before when it is handed back.
    private MLImage? _image;

    public override void Read(Span<float> to)
    {
        _read(ref _image);
        if (_image is null)
        {
            to.Clear();
            return;
        }

        var (height, width) = (_image.Height, _image.Width);
        if (shape is not [3, var rows, var columns] || rows != height || columns != width)
            throw new InvalidOperationException($"Column '{column.Name}' has an image of {height} x {width} pixels where the network was trained on the shape [{string.Join(", ", shape)}].");
        var (red, blue) = _image.PixelFormat == MLPixelFormat.Rgba32 ? (0, 2) : (2, 0);
        var pixels = _image.Pixels;
        var plane = height * width;
        for (var i = 0; i < plane; i++)
        {
            to[i] = pixels[4 * i + red] * Scale;
            to[plane + i] = pixels[4 * i + 1] * Scale;
            to[2 * plane + i] = pixels[4 * i + blue] * Scale;
        }
    }
}
