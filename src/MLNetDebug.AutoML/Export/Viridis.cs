using System.Globalization;

namespace MLNetDebug.AutoML.Export;

/// <summary>The colour scale of S. van der Walt and N. Smith (matplotlib 2.0, 2015): perceptually uniform, and fit for colour-blind readers and grey prints.</summary>
internal static class Viridis
{
    private static readonly int[] Points = [0x440154, 0x482475, 0x414487, 0x355F8D, 0x2A788E, 0x21918C, 0x22A884, 0x44BF70, 0x7AD151, 0xBDDF26, 0xFDE725];

    /// <summary>A colour, dark at 0 and bright at 1.</summary>
    public static string At(double share)
    {
        var at = Math.Clamp(share, 0, 1) * (Points.Length - 1);
        var from = Math.Min((int)at, Points.Length - 2);
        var colour = 0;
        for (var shift = 16; shift >= 0; shift -= 8)
        {
            var (a, b) = (Points[from] >> shift & 0xFF, Points[from + 1] >> shift & 0xFF);
            colour |= (int)Math.Round(a + (b - a) * (at - from)) << shift;
        }

        return string.Create(CultureInfo.InvariantCulture, $"#{colour:x6}");
    }
}
