using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;
using MLNetDebug.Tests.Pipeline;

namespace MLNetDebug.Tests.Guards;

[TestClass]
public sealed class GuardPlacementTests
{
    private readonly MLContext _ml = new(1);

    private static GuardOptions Quiet => new() { Diagnostics = new DiagnosticsOptions { Sinks = [] } };

    [TestMethod]
    public void Of_two_trainers_the_last_is_guarded_and_all_else_stays_the_same_object()
    {
        var first = _ml.BinaryClassification.Trainers.AveragedPerceptron();
        var features = PipelineData.Concatenate(_ml);
        var last = _ml.BinaryClassification.Trainers.LinearSvm();
        var stages = Stages(new EstimatorChain<ITransformer>().Append(features).Append(first).AppendCacheCheckpoint(_ml).Append(last, TransformerScope.Scoring));
        Assert.AreSame(features, stages[0].Estimator);
        Assert.AreSame(first, stages[1].Estimator);
        Assert.AreSame(last, ((IGuarded)stages[2].Estimator).Inner);
        CollectionAssert.AreEqual(new[] { TransformerScope.Everything, TransformerScope.Everything, TransformerScope.Scoring }, stages.Select(s => s.Scope).ToArray());
        CollectionAssert.AreEqual(new[] { false, true, false }, stages.Select(s => s.CacheAfter).ToArray());
    }

    [TestMethod]
    public void A_trainer_inside_a_nested_chain_is_found()
    {
        var inner = PipelineData.Concatenate(_ml).Append(_ml.BinaryClassification.Trainers.AveragedPerceptron());
        var outer = new EstimatorChain<ITransformer>().Append(_ml.Transforms.CopyColumns("C", "A")).Append(inner);
        var stages = Stages(outer);
        Assert.IsInstanceOfType<IGuarded>(EstimatorChains.StagesOf(stages[1].Estimator)[1].Estimator);
        var model = outer.Guard(Quiet).Fit(PipelineData.View(_ml));
        Assert.AreEqual("guarded fit of AveragedPerceptronTrainer", model.DiagnosticReports().Single().Title);
        Assert.HasCount(2, model.LastTransformer.LastTransformer.Model.Weights);
    }

    [TestMethod]
    public void Errors_of_a_nested_chain_are_those_of_a_flat_one()
    {
        var inner = PipelineData.Concatenate(_ml).Append(_ml.BinaryClassification.Trainers.AveragedPerceptron());
        var nested = new EstimatorChain<ITransformer>().Append(inner);
        var bad = Quiet with { ScoredRows = 0 };
        Assert.AreEqual(Assert.ThrowsExactly<ArgumentException>(() => inner.Guard(bad)).Message, Assert.ThrowsExactly<ArgumentException>(() => nested.Guard(bad)).Message);
    }

    [TestMethod]
    public void A_trainer_followed_by_transforms_is_guarded()
    {
        var chain = PipelineData.Concatenate(_ml).Append(_ml.BinaryClassification.Trainers.AveragedPerceptron()).Append(_ml.Transforms.CopyColumns("Said", "Score"));
        var stages = Stages(chain);
        Assert.IsInstanceOfType<GuardedEstimator<ITransformer>>(stages[1].Estimator);
        Assert.HasCount(300, chain.Guard(Quiet).Fit(PipelineData.View(_ml)).Transform(PipelineData.View(_ml)).GetColumn<float>("Said").ToArray());
    }

    [TestMethod]
    public void Chains_without_a_trainer_or_with_one_that_is_guarded_are_refused()
    {
        Assert.Contains("holds no trainer", Assert.ThrowsExactly<ArgumentException>(() => new EstimatorChain<ITransformer>().Guard()).Message);
        var nested = new EstimatorChain<ITransformer>().Append(new EstimatorChain<ITransformer>().Append(_ml.Transforms.CopyColumns("C", "A")));
        Assert.Contains("holds no trainer", Assert.ThrowsExactly<ArgumentException>(() => nested.Guard()).Message);
        var guarded = PipelineData.Concatenate(_ml).Append(_ml.BinaryClassification.Trainers.AveragedPerceptron()).Guard(Quiet);
        Assert.Contains("under guard already", Assert.ThrowsExactly<ArgumentException>(() => guarded.Guard()).Message);
    }

    private static IReadOnlyList<ChainStage> Stages<T>(EstimatorChain<T> chain)
        where T : class, ITransformer => EstimatorChains.StagesOf(chain.Guard(Quiet));
}
