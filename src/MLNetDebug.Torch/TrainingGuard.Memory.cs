using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch;

/// <content>What outlives the process.</content>
public sealed partial class TrainingGuard
{
    /// <summary>What the guard has done that lasts; set before the first step, a guard goes on where another ended.</summary>
    internal GuardMemory Memory
    {
        get => new(_rates.Factor, _clipper.Limit ?? double.NaN, _mender.Mends, _mender.Passed, _signals.Loss.First);
        set
        {
            _rates.Factor = value.RateFactor;
            _clipper.Limit = double.IsNaN(value.ClipLimit) ? null : value.ClipLimit;
            (_mender.Mends, _mender.Passed) = (value.Mends, value.Passed);
            _signals.Loss.First = value.FirstLoss;
        }
    }
}
