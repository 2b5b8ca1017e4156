using Microsoft.ML;
using MLNetDebug.Pipeline;

namespace MLNetDebug.Guards;

/// <summary>The loss of a batch, from the labels that went by and the output of the network's last layer: exactly what the trainer computes and does not show, per row.</summary>
internal sealed class BatchLoss
{
    private readonly List<double> _labels = [];
    private readonly ClosedTrainer _trainer;
    private Func<double>? _read;
    private bool _isExpected;

    private BatchLoss(ClosedTrainer trainer) => _trainer = trainer;

    /// <summary>The mean loss of the batch; null before the network has answered.</summary>
    public double? Value { get; private set; }

    /// <summary>For trainers whose labels are one value per row; null for the others.</summary>
    public static BatchLoss? Of(ClosedTrainer trainer) =>
        trainer.Kind is ClosedTrainerKind.TextClassification or ClosedTrainerKind.SentenceSimilarity && trainer.Label is not null ? new BatchLoss(trainer) : null;

    /// <summary>A pass begins.</summary>
    public void Begin(DataViewRow row)
    {
        _read = null;
        var column = row.Schema[_trainer.Label!];
        if (!row.IsColumnActive(column))
            return;
        if (_trainer.Kind == ClosedTrainerKind.TextClassification && column.Type.RawType == typeof(uint))
        {
            var keys = row.GetGetter<uint>(column);
            uint key = 0;
            _read = () =>
            {
                keys(ref key);
                return key;
            };
        }
        else if (_trainer.Kind == ClosedTrainerKind.SentenceSimilarity && column.Type.RawType == typeof(float))
        {
            var targets = row.GetGetter<float>(column);
            var target = 0f;
            _read = () =>
            {
                targets(ref target);
                return target;
            };
        }
    }

    /// <summary>A row was taken into the batch.</summary>
    public void OnRow()
    {
        if (_read is not null)
            _labels.Add(_read());
        _isExpected = true;
    }

    /// <summary>The last layer has answered; only the first answer after a row is the batch's, others are of a validation.</summary>
    public void OnOutput(TorchAccess torch, object output)
    {
        if (!_isExpected)
            return;
        _isExpected = false;
        if (torch.Read(output) is not { } logits || _labels.Count == 0 || logits.Values.Length % _labels.Count != 0)
            return;
        var width = logits.Values.Length / _labels.Count;
        var sum = 0.0;
        for (var i = 0; i < _labels.Count; i++)
            sum += _trainer.Kind == ClosedTrainerKind.TextClassification ? CrossEntropy(logits.Values.AsSpan(i * width, width), _labels[i]) : Squared(logits.Values[i] - _labels[i]);
        Value = sum / _labels.Count;
    }

    /// <summary>The step is over.</summary>
    public void EndStep()
    {
        _labels.Clear();
        _isExpected = false;
        Value = null;
    }

    /// <summary>Negative log of the softmax of the label's logit; NaN for a label that is none of the classes.</summary>
    private static double CrossEntropy(ReadOnlySpan<float> logits, double key)
    {
        if (!(key >= 1 && key <= logits.Length))
            return double.NaN;
        double largest = logits[0];
        foreach (var logit in logits)
            largest = Math.Max(largest, logit);
        var sum = 0.0;
        foreach (var logit in logits)
            sum += Math.Exp(logit - largest);
        return largest + Math.Log(sum) - logits[(int)key - 1];
    }

    // In the trainer's own 32 bits: what overflows there must overflow here.
    private static double Squared(double error) => (float)error * (float)error;
}
