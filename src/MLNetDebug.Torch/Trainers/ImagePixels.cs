using Microsoft.ML;
using Microsoft.ML.Transforms.Image;

namespace MLNetDebug.Torch.Trainers;

/// <summary>Images as networks read them: red, green and blue planes of numbers in [0, 1], channels first.</summary>
internal static class ImagePixels
{
    /// <summary>The column that holds them, between an image column and the network.</summary>
    public const string Column = "MLNetDebug.Pixels";

    /// <summary>Reads the pixels of an image column of known size into <see cref="Column"/>, of shape <c>[3, height, width]</c>.</summary>
    public static ImagePixelExtractingEstimator Extraction(MLContext ml, string imageColumn) => ml.Transforms.ExtractPixels(
        Column, imageColumn, ImagePixelExtractingEstimator.ColorBits.Rgb, ImagePixelExtractingEstimator.ColorsOrder.ARGB, interleavePixelColors: false, offsetImage: 0, scaleImage: 1f / 255);
}
