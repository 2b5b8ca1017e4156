using MLNetDebug.Data;

namespace MLNetDebug.Predictions;

/// <summary>Mean and spread of one loss over the judged rows, exactly as the columns say.</summary>
/// <param name="name">The loss.</param>
internal sealed class LossTally(string name)
{
    public const string LogLoss = "log-loss";

    public const string SquaredError = "squared error";

    private RunningMoments _moments;
    private double _sum;

    public void Add(double loss)
    {
        // The sum keeps an infinite loss infinite, where running moments would make NaN of it.
        _sum += loss;
        _moments.Add(loss);
    }

    public LossValue ToLoss() => new(name, _moments.Count == 0 ? double.NaN : _sum / _moments.Count, _moments.Count)
    {
        StandardDeviation = _moments.Count < 2 ? double.NaN : Math.Sqrt(_moments.Variance),
    };
}
