using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Trainers.Models;

/// <summary>Room for some rows and their answers, used again and again by one cursor or row. Several score with the same model at once, each with its own.</summary>
internal sealed class ScoringBatch : IDisposable
{
    private readonly TorchModelParameters _model;
    private readonly Tensor _input;
    private readonly float[] _column;

    // Numbers: a quarter of a gigabyte.
    private const int MostNumbers = 1 << 26;

    public ScoringBatch(TorchModelParameters model, int capacity)
    {
        (_model, Capacity) = (model, capacity);
        Scores = new float[checked(capacity * model.Outputs)];
        Probabilities = model.Task == TorchTask.BinaryClassification ? new float[capacity] : [];
        Labels = model.Task == TorchTask.Regression ? [] : new uint[capacity];
        _column = model.Modules.Count > 1 ? new float[capacity] : [];
        // Whoever scores may have a scope open that ends before the cursor does.
        _input = zeros([capacity, .. model.InputShape], ScalarType.Float32, CPU).DetachFromDisposeScope();
    }

    /// <summary>How many rows of a batch are scored together: all of them, unless rows are so large that memory would not hold them.</summary>
    public static int CapacityFor(TorchModelParameters model, int batchSize) => Math.Min(batchSize, Math.Max(1, MostNumbers / Math.Max(model.Slots, model.Outputs)));

    /// <summary>Most rows at once.</summary>
    public int Capacity { get; }

    /// <summary>What the rows are written into, one after the other.</summary>
    public Span<float> Input => MemoryMarshal.Cast<byte, float>(_input.bytes);

    /// <summary>Scores, row by row: the numbers, the logits of two classes, or the probabilities of several.</summary>
    public float[] Scores { get; }

    /// <summary>Probabilities of the positive class, of two.</summary>
    public float[] Probabilities { get; }

    /// <summary>Classes: keys, from 1, 0 where there is no answer; of two classes 1 for the positive one.</summary>
    public uint[] Labels { get; }

    /// <summary>Scores the first rows.</summary>
    public void Score(int rows)
    {
        _model.Enter();
        try
        {
            // Both are per thread and end here, so that whoever calls finds his own again.
            using (no_grad())
            using (NewDisposeScope())
                Forward(rows);
        }
        finally
        {
            _model.Exit();
        }

        Answers.Write(_model, rows, this);
    }

    public void Dispose() => _input.Dispose();

    private void Forward(int rows)
    {
        var (device, type) = _model.Placement;
        var isPlain = device.type == DeviceType.CPU && type == ScalarType.Float32;
        for (var m = 0; m < _model.Modules.Count; m++)
        {
            // A network may write into its input or dispose of it: it gets a tensor of its own, and each of several the rows as they were.
            var input = _input.narrow(0, 0, rows);
            input = !isPlain ? input.to(type, device) : _model.Modules.Count > 1 ? input.clone() : input;
            var output = Call(_model.Modules[m], input, rows);
            var width = _model.OutputsOfModule;
            if (output.NumberOfElements != (long)rows * width || output.Dimensions == 0 || output.size(0) != rows)
            {
                throw new InvalidOperationException(
                    $"Network '{_model.Network.Name}' returned a tensor of shape [{string.Join(", ", output.shape)}] for {rows} row(s); expected [{rows}, {width}]: its last layer must have {width} output(s).");
            }

            if (output.dtype != ScalarType.Float32 || output.device_type != DeviceType.CPU)
                output = output.to(ScalarType.Float32, CPU);
            var numbers = MemoryMarshal.Cast<byte, float>((output.is_contiguous() ? output : output.contiguous()).bytes);
            if (_model.Modules.Count == 1)
            {
                numbers.CopyTo(Scores);
                continue;
            }

            numbers.CopyTo(_column);
            for (var r = 0; r < rows; r++)
                Scores[r * _model.Outputs + m] = _column[r];
        }
    }

    // What libtorch says of its own tensors is the cause; where it happened is ours to say.
    private Tensor Call(nn.Module<Tensor, Tensor> module, Tensor input, int rows)
    {
        try
        {
            return module.call(input) ?? throw new InvalidOperationException("it returned null");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new InvalidOperationException($"Network '{_model.Network.Name}' failed on {rows} row(s) of shape [{string.Join(", ", _model.InputShape)}]: {e.Message.Split('\n')[0].TrimEnd('.', '\r')}.", e);
        }
    }
}
