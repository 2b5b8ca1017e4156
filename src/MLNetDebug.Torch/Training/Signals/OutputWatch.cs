using System.Runtime.InteropServices;
using MLNetDebug.Torch.Networks.Profiling;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Signals;

/// <summary>What the network returns, read as rows at the sampled steps.</summary>
internal sealed class OutputWatch
{
    // A batch of so many numbers tells what there is to tell.
    private const int MaxElements = 1 << 16;
    private const double AlikeSpread = 1e-6;
    private const int LeastRows = 8;

    private readonly Ring _accuracies = new(TrainingWindow.Samples);
    private OutputTrack? _track;
    private long _samples;
    private int _alike;

    /// <summary>The last output's share of rows answered right; NaN where it is not known.</summary>
    public double Accuracy { get; private set; } = double.NaN;

    /// <param name="output">The output.</param>
    /// <param name="labels">The class of each row; empty where there are none.</param>
    public void Add(Tensor output, ReadOnlySpan<long> labels)
    {
        Accuracy = double.NaN;
        if (output is not { IsInvalid: false, NumberOfElements: > 0, Dimensions: > 0 } || !is_floating_point(output) || output.is_sparse)
            return;
        var rows = output.size(0);
        var width = output.NumberOfElements / rows;
        var read = (int)Math.Clamp(MaxElements / width, 1, rows);
        if (output.Dimensions != 2)
            labels = [];
        if (output.dtype == ScalarType.Float32 && TensorReader.LiesInMemory(output) && output.NumberOfElements <= int.MaxValue / sizeof(float))
        {
            Add(MemoryMarshal.Cast<byte, float>(output.bytes)[..(int)(read * width)], read, (int)width, labels, output.dtype);
            return;
        }

        using var scope = NewDisposeScope();
        using var none = no_grad();
        var host = output.detach().narrow(0, 0, read).to(ScalarType.Float32).cpu().contiguous();
        Add(MemoryMarshal.Cast<byte, float>(host.bytes), read, (int)width, labels, output.dtype);
    }

    /// <summary>Forgets what a rollback has undone.</summary>
    public void StartAnew() => (_samples, _alike, _track) = (0, 0, null);

    public OutputTrack? ToTrack() => _track is null ? null : _track with { Accuracies = _accuracies.View() };

    private void Add(ReadOnlySpan<float> values, int rows, int width, ReadOnlySpan<long> labels, ScalarType precision)
    {
        var moments = new Moments();
        moments.Add<float>(values);
        if (moments.NonFinite > 0)
            return;
        _samples++;
        var spread = RowSpread(values, rows, width, Math.Max(Math.Abs(moments.Min), Math.Abs(moments.Max)));
        _alike = rows >= LeastRows && spread <= AlikeSpread ? _alike + 1 : 0;
        var (margin, sumError) = Rows(values, width);
        var zeroLoss = double.NaN;
        if (labels.Length >= rows && width > 1)
            (Accuracy, zeroLoss) = AgainstLabels(values, width, labels[..rows], precision);
        if (!double.IsNaN(Accuracy))
            _accuracies.Add(Accuracy);
        _track = new OutputTrack
        {
            Samples = _samples,
            Rows = rows,
            Width = width,
            Min = moments.Min,
            Max = moments.Max,
            StandardDeviation = moments.StandardDeviation,
            RowSpread = spread,
            AlikeSamples = _alike,
            MedianMargin = margin,
            IsProbabilities = moments is { Min: >= 0, Max: <= 1 + 1e-6 } && width > 1 && sumError <= 1e-3,
            IsInUnitInterval = moments is { Min: >= 0, Max: <= 1 },
            IsInTanhInterval = moments is { Min: >= -1, Max: <= 1 },
            ZeroShare = (double)moments.Zeros / values.Length,
            ZeroLossShare = zeroLoss,
        };
    }

    private static double RowSpread(ReadOnlySpan<float> values, int rows, int width, double largest)
    {
        var spread = 0.0;
        for (var c = 0; c < width; c++)
        {
            double sum = 0, squares = 0, first = values[c];
            for (var r = 0; r < rows; r++)
            {
                var d = values[(r * width) + c] - first;
                (sum, squares) = (sum + d, squares + (d * d));
            }

            spread = Math.Max(spread, Math.Sqrt(Math.Max(0, squares - (sum * sum / rows)) / rows));
        }

        return largest > 0 ? spread / largest : 0;
    }

    private static (double MedianMargin, double SumError) Rows(ReadOnlySpan<float> values, int width)
    {
        if (width < 2)
            return (double.NaN, double.NaN);
        var margins = new double[values.Length / width];
        var error = 0.0;
        for (var r = 0; r < margins.Length; r++)
        {
            var (best, next, sum) = (float.NegativeInfinity, float.NegativeInfinity, 0.0);
            foreach (var x in values.Slice(r * width, width))
            {
                sum += x;
                (best, next) = x > best ? (x, best) : (best, Math.Max(next, x));
            }

            margins[r] = best - next;
            error = Math.Max(error, Math.Abs(sum - 1));
        }

        Array.Sort(margins);
        return (margins[margins.Length / 2], error);
    }

    private static (double Accuracy, double ZeroLossShare) AgainstLabels(ReadOnlySpan<float> values, int width, ReadOnlySpan<long> labels, ScalarType precision)
    {
        // Exponentials whose sum is smaller are lost beside 1.
        var lost = precision switch { ScalarType.Float64 => Math.ScaleB(1, -53), ScalarType.Float16 => Math.ScaleB(1, -11), ScalarType.BFloat16 => Math.ScaleB(1, -8), _ => Math.ScaleB(1, -24) };
        int right = 0, zeros = 0, judged = 0;
        for (var r = 0; r < labels.Length; r++)
        {
            if (labels[r] < 0 || labels[r] >= width)
                continue;
            judged++;
            var row = values.Slice(r * width, width);
            var best = 0;
            for (var c = 1; c < width; c++)
                best = row[c] > row[best] ? c : best;
            if (best != labels[r])
                continue;
            right++;
            var rest = 0.0;
            for (var c = 0; c < width; c++)
                rest += c == best ? 0 : Math.Exp((double)row[c] - row[best]);
            zeros += rest <= lost ? 1 : 0;
        }

        return judged == 0 ? (double.NaN, double.NaN) : ((double)right / judged, (double)zeros / judged);
    }
}
