using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Zoo.History;

/// <summary>Records as a guard hands them to a history, without a network: seeded, with numbers that are not finite among them.</summary>
internal sealed class SyntheticRun(int seed)
{
    private const int SampleEvery = 10;
    private const int StepsPerEpoch = 500;
    private static readonly string[] Names = ["fc1.weight", "fc1.bias", "fc2.weight", "head\u00e4nder.\U0001F600"];

    private readonly Random _random = new(seed);

    /// <summary>Writes one step, and what follows it: the end of an epoch, an event.</summary>
    public void Write(long step, params ReadOnlySpan<ITrainingHistory> histories)
    {
        var record = Step(step, histories.Length > 0 ? histories[^1].HistogramEvery : 0);
        foreach (var history in histories)
        {
            history.Add(record);
            if (step % StepsPerEpoch == StepsPerEpoch - 1)
                history.Add(new EpochRecord { Epoch = record.Epoch, FirstStep = step - StepsPerEpoch + 1, Steps = StepsPerEpoch, MeanLoss = 0.5, Validation = new ValidationRecord { Loss = 0.6, Accuracy = 0.8 } });
            if (!record.IsTaken)
                history.Add(new TrainingEvent(step, TrainingEventKind.Skipped, $"The step was not taken: its loss is {record.Loss}.") { Epoch = record.Epoch, RuleId = RuleIds.NonFinite });
        }
    }

    private StepRecord Step(long step, int histogramEvery)
    {
        var isBad = _random.Next(400) == 0;
        return new StepRecord
        {
            Step = step,
            Epoch = (int)(step / StepsPerEpoch),
            Loss = isBad ? double.NaN : Math.Exp(-step / 1000.0) + 0.1 * _random.NextDouble(),
            Terms = step % 3 == 0 ? [KeyValuePair.Create("data", _random.NextDouble()), KeyValuePair.Create("penalty", double.NegativeInfinity)] : [],
            GradientNorm = isBad ? double.PositiveInfinity : _random.NextDouble(),
            LearningRate = 0.001,
            IsTaken = !isBad,
            Parameters = step % SampleEvery != 0 ? [] : [.. Names.Select(n => new ParameterSample(n, _random.NextDouble(), 10 * _random.NextDouble(), double.NaN)
            {
                Histogram = histogramEvery > 0 && step % histogramEvery == 0 ? Histogram() : null,
            })],
        };
    }

    private ParameterHistogram Histogram()
    {
        var counts = new long[64];
        for (var i = 0; i < 1000; i++)
            counts[(int)(64 * (_random.NextDouble() + _random.NextDouble()) / 2)]++;
        return new ParameterHistogram(-1, 1, counts, 0.5, 0.25);
    }
}
