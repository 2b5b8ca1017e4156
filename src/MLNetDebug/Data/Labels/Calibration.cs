using System.Numerics.Tensors;

namespace MLNetDebug.Data;

/// <summary>Where a temperature is looked for.</summary>
/// <param name="Low">The least.</param>
/// <param name="High">The greatest.</param>
/// <param name="Steps">Steps of a golden section search on its logarithm.</param>
internal readonly record struct TemperatureRange(double Low, double High, int Steps);

/// <summary>
/// Temperature scaling (Guo et al., ICML 2017): probabilities are raised to 1/T and normalised, T the one that makes the given labels most
/// likely. Works in place on a flat row-major matrix.
/// </summary>
internal static class Calibration
{
    /// <summary>For models that are trained with care: to 0.6 %.</summary>
    private static readonly TemperatureRange Usual = new(0.2, 8, 12);

    /// <summary>T is fitted on at most so many evenly spaced rows: one number needs no more.</summary>
    private const int MaxRows = 5_000;

    private const float LogFloor = -30;

    /// <summary>Calibrates in place and gives the temperature.</summary>
    public static double Calibrate(Span<float> probabilities, ReadOnlySpan<int> labels, int classCount)
    {
        ToLogs(probabilities);
        var temperature = Fit(probabilities, labels, classCount, Usual);
        SoftmaxRows(probabilities, classCount, temperature);
        return temperature;
    }

    /// <summary>Logarithms of probabilities in place, none below -30.</summary>
    public static void ToLogs(Span<float> probabilities)
    {
        TensorPrimitives.Log<float>(probabilities, probabilities);
        TensorPrimitives.Max<float>(probabilities, LogFloor, probabilities);
    }

    /// <summary>Each row's negative log-probability of its label at a temperature.</summary>
    /// <param name="logs">What <see cref="ToLogs"/> gave.</param>
    /// <param name="labels">Class of each row.</param>
    /// <param name="classCount">Classes.</param>
    /// <param name="temperature">The temperature.</param>
    /// <param name="losses">Set, one per row.</param>
    public static void Losses(ReadOnlySpan<float> logs, ReadOnlySpan<int> labels, int classCount, double temperature, Span<double> losses)
    {
        for (var i = 0; i < labels.Length; i++)
        {
            var row = logs.Slice(i * classCount, classCount);
            double normal = 0;
            foreach (var log in row)
                normal += Math.Exp(log / temperature);
            losses[i] = Math.Log(normal) - row[labels[i]] / temperature;
        }
    }

    /// <summary>The temperature that makes the labels most likely.</summary>
    /// <param name="logs">What <see cref="ToLogs"/> gave.</param>
    /// <param name="labels">Class of each row.</param>
    /// <param name="classCount">Classes.</param>
    /// <param name="range">Where to look.</param>
    public static double Fit(ReadOnlySpan<float> logs, ReadOnlySpan<int> labels, int classCount, TemperatureRange range)
    {
        var step = Math.Max(1, labels.Length / MaxRows);
        var rows = (labels.Length + step - 1) / step;
        var sample = new float[rows * classCount];
        var given = new int[rows];
        for (var i = 0; i < rows; i++)
        {
            logs.Slice(i * step * classCount, classCount).CopyTo(sample.AsSpan(i * classCount));
            given[i] = labels[i * step];
        }

        // On log T: the loss has one minimum in it.
        var scratch = new float[sample.Length];
        return Math.Exp(GoldenSection.Minimum(logT => Loss(sample, given, classCount, Math.Exp(logT), scratch), Math.Log(range.Low), Math.Log(range.High), range.Steps));
    }

    private static double Loss(float[] logs, int[] labels, int classCount, double temperature, float[] scratch)
    {
        TensorPrimitives.Multiply<float>(logs, (float)(1 / temperature), scratch);
        double given = 0;
        for (var i = 0; i < labels.Length; i++)
            given += scratch[i * classCount + labels[i]];
        TensorPrimitives.Exp<float>(scratch, scratch);
        double normal = 0;
        for (var i = 0; i < labels.Length; i++)
            normal += Math.Log(Math.Max(1e-37f, Sum(scratch.AsSpan(i * classCount, classCount))));
        return normal - given;
    }

    private static void SoftmaxRows(Span<float> logs, int classCount, double temperature)
    {
        TensorPrimitives.Multiply<float>(logs, (float)(1 / temperature), logs);
        TensorPrimitives.Exp<float>(logs, logs);
        for (var start = 0; start < logs.Length; start += classCount)
        {
            var row = logs.Slice(start, classCount);
            var scale = 1 / Math.Max(1e-37f, Sum(row));
            for (var k = 0; k < row.Length; k++)
                row[k] *= scale;
        }
    }

    private static float Sum(ReadOnlySpan<float> row)
    {
        float sum = 0;
        foreach (var value in row)
            sum += value;
        return sum;
    }
}
