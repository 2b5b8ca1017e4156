using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNetDebug.Pipeline;

/// <summary>Puts the check where the trainer's data is: before the last trainer, else at the end.</summary>
internal sealed class StagePlacement
{
    private readonly DiagnosticsOptions _options;
    private readonly HoldOutPath? _holdOut;
    private readonly IHostEnvironment? _environment;
    private bool _started;

    /// <exception cref="ArgumentException">An option is wrong.</exception>
    public StagePlacement(IEstimator<ITransformer> pipeline, DiagnosticsOptions? options)
    {
        _options = options ?? new DiagnosticsOptions();
        OptionsChecks.ThrowIfInvalid(_options);
        // Options of rules are checked where rules are made: at once, and not when the pipeline is fitted.
        _ = DiagnosticsRun.EngineOf(_options);
        _holdOut = _options.HoldOut is null ? null : new HoldOutPath(_options.HoldOut);
        _environment = EstimatorChains.EnvironmentOf(pipeline);
    }

    /// <summary>The pipeline with the check in it, the type of its last stage given up.</summary>
    public EstimatorChain<ITransformer> Place(IEstimator<ITransformer> pipeline) => EstimatorChains.Build(Stages(pipeline, mustStandBefore: false), _environment);

    /// <summary>The pipeline with the check before its last stage or earlier, the last stage as it was.</summary>
    public EstimatorChain<T> PlaceBefore<T>(IEstimator<ITransformer> pipeline)
        where T : class, ITransformer => EstimatorChains.Build<T>(Stages(pipeline, mustStandBefore: true), _environment);

    private IReadOnlyList<ChainStage> Stages(IEstimator<ITransformer> pipeline, bool mustStandBefore)
    {
        var stages = EstimatorChains.StagesOf(pipeline);
        if (stages.Count == 0 && mustStandBefore)
            throw new ArgumentException("The chain has no stages: append the trainer first.", nameof(pipeline));
        var at = LastTrainer(stages);
        if (at < 0)
            at = mustStandBefore ? stages.Count - 1 : stages.Count;
        var before = stages.Take(at).Select(Followed);
        if (at == stages.Count)
            return [.. before, new ChainStage(Check(null))];
        var (trainer, after) = (stages[at], stages.Skip(at + 1));
        if (!EstimatorChains.IsChain(trainer.Estimator))
            return [.. before, new ChainStage(Check(trainer.Estimator)), trainer, .. after];
        // The stages before are wrapped first: the hold-out data passes through them before it enters the nested chain.
        ChainStage[] followed = [.. before];
        var nested = EstimatorChains.Build(Stages(trainer.Estimator, mustStandBefore: false), _environment);
        return [.. followed, trainer with { Estimator = nested }, .. after];
    }

    private static int LastTrainer(IReadOnlyList<ChainStage> stages)
    {
        for (var i = stages.Count - 1; i >= 0; i--)
        {
            if (HasTrainer(stages[i].Estimator))
                return i;
        }

        return -1;
    }

    private static bool HasTrainer(IEstimator<ITransformer> estimator) =>
        EstimatorChains.IsChain(estimator) ? LastTrainer(EstimatorChains.StagesOf(estimator)) >= 0 : TrainerInspector.IsTrainer(estimator);

    private ChainStage Followed(ChainStage stage)
    {
        if (_holdOut is null)
            return stage;
        var isFirst = !_started;
        _started = true;
        return stage with { Estimator = _holdOut.Through(stage.Estimator, isFirst) };
    }

    private DiagnosticsEstimator Check(object? trainer) => new(_options, trainer, _holdOut, _environment);
}
