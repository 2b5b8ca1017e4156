using System.Numerics.Tensors;
using MathNet.Numerics.Distributions;
using MLNetDebug.Data;

namespace MLNetDebug.Predictions;

/// <summary>Measures on the sampled rows how far confidence can be believed.</summary>
internal static class CalibrationMeasure
{
    /// <summary>Bins of equal width.</summary>
    public const int Bins = 15;

    /// <summary>Wider than where labels are looked at: a network that has learned its rows by heart is beyond 8.</summary>
    private static readonly TemperatureRange Range = new(0.2, 64, 15);

    /// <summary>Measures; null with too few rows, or where a row carries a class without a score.</summary>
    public static CalibrationProfile? Of(PredictionSample sample) =>
        sample.Count < CalibrationProfile.MinRows || OfAny(sample) is not { Temperature: not double.NaN } profile ? null : profile;

    /// <summary>The same of any number of rows, however few: with fewer than <see cref="CalibrationProfile.MinRows"/> the temperature and what follows from it are NaN. Null without a row.</summary>
    public static CalibrationProfile? OfAny(PredictionSample sample)
    {
        var classes = sample.Layout.IsMulticlass ? sample.Layout.Width : 2;
        if (sample.Count == 0 || classes < 2)
            return null;
        // The rows of either half stand together: each half is one matrix.
        int[] order = [.. Enumerable.Range(0, sample.Count).OrderBy(sample.IsInSecondHalf)];
        var cut = order.Count(i => !sample.IsInSecondHalf(i));
        int[] labels = [.. order.Select(i => (int)sample.Label(i))];
        if (labels.Any(l => l >= classes))
            return null;
        var probabilities = Matrix(sample, order, classes);
        var bins = Bin(probabilities, labels, classes, out var wrong);
        Calibration.ToLogs(probabilities);
        var losses = new double[labels.Length];
        Calibration.Losses(probabilities, labels, classes, 1, losses);
        var rows = (double)order.Length;
        var profile = new CalibrationProfile
        {
            Rows = order.Length,
            Accuracy = bins.Sum(b => b.Accuracy * b.Rows) / rows,
            MeanConfidence = bins.Sum(b => b.Confidence * b.Rows) / rows,
            MeanConfidenceOfWrong = wrong,
            ExpectedCalibrationError = bins.Sum(b => b.Rows / rows * Math.Abs(b.Accuracy - b.Confidence)),
            Bins = bins,
            LogLoss = losses.Average(),
            Temperature = double.NaN,
            CalibratedLogLoss = double.NaN,
            PValue = double.NaN,
        };
        return rows < CalibrationProfile.MinRows || cut == 0 || cut == order.Length ? profile : WithTemperature(profile, probabilities, losses, labels, classes, cut);
    }

    private static CalibrationProfile WithTemperature(CalibrationProfile profile, float[] logs, double[] before, int[] labels, int classes, int cut)
    {
        ReadOnlySpan<float> first = logs.AsSpan(0, cut * classes), second = logs.AsSpan(cut * classes);
        ReadOnlySpan<int> firstLabels = labels.AsSpan(0, cut), secondLabels = labels.AsSpan(cut);
        var ofFirst = Calibration.Fit(first, firstLabels, classes, Range);
        var ofSecond = Calibration.Fit(second, secondLabels, classes, Range);

        var after = new double[labels.Length];
        Calibration.Losses(first, firstLabels, classes, ofSecond, after.AsSpan(0, cut));
        Calibration.Losses(second, secondLabels, classes, ofFirst, after.AsSpan(cut));
        var saved = default(RunningMoments);
        for (var i = 0; i < before.Length; i++)
            saved.Add(before[i] - after[i]);
        var error = Math.Sqrt(saved.Variance / saved.Count);
        return profile with
        {
            Temperature = Math.Sqrt(ofFirst * ofSecond),
            CalibratedLogLoss = after.Average(),
            StandardError = error,
            PValue = error == 0 ? (saved.Mean > 0 ? 0 : 1) : StudentT.CDF(0, 1, saved.Count - 1, -saved.Mean / error),
        };
    }

    private static float[] Matrix(PredictionSample sample, int[] order, int classes)
    {
        var matrix = new float[order.Length * classes];
        for (var i = 0; i < order.Length; i++)
        {
            if (sample.Layout.IsMulticlass)
                sample.Scores(order[i]).CopyTo(matrix.AsSpan(i * classes));
            else
                (matrix[2 * i], matrix[2 * i + 1]) = (1 - sample.Probability(order[i]), sample.Probability(order[i]));
        }

        // Rounding leaves a probability of nothing below 0.
        TensorPrimitives.Max(matrix, 0f, matrix);
        return matrix;
    }

    private static IReadOnlyList<ReliabilityBin> Bin(float[] probabilities, int[] labels, int classes, out double meanConfidenceOfWrong)
    {
        var counts = new (long Rows, long Right, double Confidence)[Bins];
        var wrong = default(RunningMoments);
        for (var i = 0; i < labels.Length; i++)
        {
            var row = probabilities.AsSpan(i * classes, classes);
            var best = 0;
            for (var k = 1; k < classes; k++)
            {
                if (row[k] > row[best])
                    best = k;
            }

            // Bins are closed on the right, as Guo et al. have them: ((b - 1) / 15, b / 15].
            ref var bin = ref counts[Math.Clamp((int)Math.Ceiling(row[best] * (double)Bins) - 1, 0, Bins - 1)];
            bin.Rows++;
            bin.Confidence += row[best];
            if (best == labels[i])
                bin.Right++;
            else
                wrong.Add(row[best]);
        }

        meanConfidenceOfWrong = wrong.Mean;
        return [.. counts.Where(b => b.Rows > 0).Select(b => new ReliabilityBin(b.Confidence / b.Rows, (double)b.Right / b.Rows, b.Rows))];
    }
}
