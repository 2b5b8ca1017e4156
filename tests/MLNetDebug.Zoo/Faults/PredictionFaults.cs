using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Predictions;
using MLNetDebug.Zoo.Data;
using MLNetDebug.Zoo.Learners;

namespace MLNetDebug.Zoo.Faults;

/// <summary>A model that learns its rows by heart, from so many of them.</summary>
/// <param name="Learner">A learner without restraint.</param>
/// <param name="Rows">Training rows it gets.</param>
internal sealed record Overfitted(ZooLearner Learner, int Rows) : Fault
{
    public override ZooCase Apply(ZooCase healthy, ZooRandom random) => healthy with
    {
        Learner = Learner,
        Train = healthy.Train.Select([.. Enumerable.Range(0, Math.Min(Rows, healthy.Train.Rows))]),
    };
}

/// <summary>A stage after the trainer multiplies the probability, as weighting costs into it does.</summary>
internal sealed record ProbabilityMultiplied(float Factor) : Fault
{
    public override ZooCase Apply(ZooCase healthy, ZooRandom random) => healthy with
    {
        Tamper = (ml, scored) => ml.Transforms.CustomMapping<OneNumber, OneNumber>((given, made) => made.Probability = Factor * given.Probability, null).Fit(scored).Transform(scored),
    };

    private sealed class OneNumber
    {
        public float Probability { get; set; }
    }
}

/// <summary>Probabilities of several classes divided by the largest instead of their sum.</summary>
internal sealed record ProbabilitiesUnnormalised(int Classes) : Fault
{
    public override ZooCase Apply(ZooCase healthy, ZooRandom random) => healthy with
    {
        Tamper = (ml, scored) => ManyNumbers.Map(ml, scored, Classes, scores => [.. scores.Select(s => s / scores.Max())]),
    };
}

/// <summary>Probabilities of several classes multiplied, as after a prior that was divided out.</summary>
internal sealed record ProbabilitiesMultiplied(int Classes, float Factor) : Fault
{
    public override ZooCase Apply(ZooCase healthy, ZooRandom random) => healthy with
    {
        Tamper = (ml, scored) => ManyNumbers.Map(ml, scored, Classes, scores => [.. scores.Select(s => Factor * s)]),
    };
}

/// <summary>The scores of several classes, mapped row by row.</summary>
internal sealed class ManyNumbers
{
    public float[] Score { get; set; } = [];

    public static IDataView Map(MLContext ml, IDataView scored, int classes, Func<float[], float[]> map)
    {
        var type = SchemaDefinition.Create(typeof(ManyNumbers));
        type[nameof(Score)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, classes);
        return ml.Transforms.CustomMapping<ManyNumbers, ManyNumbers>((given, made) => made.Score = map(given.Score), null, type, type).Fit(scored).Transform(scored);
    }
}

/// <summary>The user's KL divergence, fed with logits where log-probabilities belong; its healthy twin takes the logarithm of the softmax.</summary>
internal sealed record DivergenceOfLogits : Fault
{
    public override ZooCase Apply(ZooCase healthy, ZooRandom random) => healthy with { OwnLoss = scored => Divergence(scored, isNormalised: false) };

    /// <summary>KL divergence of one-hot targets, which is the negative log-probability of the true class.</summary>
    public static LossValue Divergence(IDataView scored, bool isNormalised)
    {
        var labels = scored.GetColumn<uint>("Label").ToArray();
        var losses = scored.GetColumn<VBuffer<float>>("Score").Select((scores, i) =>
        {
            double[] logits = [.. scores.DenseValues().Select(s => (double)s)];
            var normal = isNormalised ? Math.Log(logits.Sum(Math.Exp)) : 0;
            return normal - logits[labels[i] - 1];
        }).ToArray();
        return new LossValue("KL divergence", losses.Average(), losses.Length);
    }
}

/// <summary>A share of the validation rows replaced by training rows, under a model that knows those by heart.</summary>
internal sealed record ValidationLeaked(double Share, ZooLearner Learner) : Fault
{
    public override ZooCase Apply(ZooCase healthy, ZooRandom random)
    {
        var divided = healthy.WithValidation();
        var validation = divided.Validation!;
        var leaked = (int)(Share * validation.Rows);
        var copies = divided.Train.Select(random.Permutation(divided.Train.Rows)[..leaked]);
        var both = copies.Append(validation.Select([.. Enumerable.Range(leaked, validation.Rows - leaked)]));
        return divided with { Learner = Learner, Validation = both.Select(random.Permutation(both.Rows)) };
    }
}

/// <summary>A trainer that reports the metric of its last batch as that of the whole validation data.</summary>
internal sealed record LastBatchReported(int Batch) : Fault
{
    public override ZooCase Apply(ZooCase healthy, ZooRandom random)
    {
        var divided = healthy.WithValidation();
        var left = divided.Validation!.Rows % Batch;
        return divided with { ReportedRows = left == 0 ? Batch : left };
    }
}
