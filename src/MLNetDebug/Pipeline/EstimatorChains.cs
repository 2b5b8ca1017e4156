using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNetDebug.Pipeline;

/// <summary>One stage of a chain.</summary>
internal sealed record ChainStage(IEstimator<ITransformer> Estimator, TransformerScope Scope = TransformerScope.Everything, bool CacheAfter = false);

/// <summary>
/// Takes estimator chains apart and builds them again. ML.NET keeps a chain's stages in private fields; where they are not as
/// expected, that is said at once.
/// </summary>
internal static class EstimatorChains
{
    private const BindingFlags Declared = BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>True for ML.NET's chains.</summary>
    public static bool IsChain(object estimator) =>
        estimator.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(EstimatorChain<>);

    /// <summary>The stages of a chain; an estimator that is no chain is its own single stage.</summary>
    /// <exception cref="InvalidOperationException">The chain cannot be read.</exception>
    public static IReadOnlyList<ChainStage> StagesOf(IEstimator<ITransformer> estimator)
    {
        if (!IsChain(estimator))
            return GivesChain(estimator) ? throw Unreadable(estimator) : [new ChainStage(estimator)];
        if (FieldOf(estimator, "_estimators") is not IEstimator<ITransformer>[] stages
            || FieldOf(estimator, "_scopes") is not TransformerScope[] scopes || scopes.Length != stages.Length
            || FieldOf(estimator, "_needCacheAfter") is not bool[] caches || caches.Length != stages.Length)
            throw Unreadable(estimator);
        return [.. stages.Select((s, i) => new ChainStage(s, scopes[i], caches[i]))];
    }

    /// <summary>The environment that an estimator was made with, from the field ML.NET's estimators keep it in; null where there is none.</summary>
    public static IHostEnvironment? EnvironmentOf(object estimator)
    {
        for (var type = estimator.GetType(); type is not null; type = type.BaseType)
        {
            var found = type.GetFields(Declared).Where(f => typeof(IHostEnvironment).IsAssignableFrom(f.FieldType))
                .Select(f => f.GetValue(estimator)).OfType<IHostEnvironment>().FirstOrDefault();
            if (found is not null)
                return found;
        }

        return IsChain(estimator)
            ? StagesOf((IEstimator<ITransformer>)estimator).Select(s => EnvironmentOf(s.Estimator)).FirstOrDefault(e => e is not null)
            : null;
    }

    /// <summary>Builds a chain of stages.</summary>
    public static EstimatorChain<ITransformer> Build(IEnumerable<ChainStage> stages, IHostEnvironment? environment) =>
        stages.Aggregate(new EstimatorChain<ITransformer>(), (chain, stage) => Add(chain, stage.Estimator, stage, environment));

    /// <summary>Builds a chain that ends in a stage of a known type.</summary>
    public static EstimatorChain<T> Build<T>(IReadOnlyList<ChainStage> stages, IHostEnvironment? environment)
        where T : class, ITransformer
    {
        var last = stages[^1];
        return Add(Build(stages.SkipLast(1), environment), (IEstimator<T>)last.Estimator, last, environment);
    }

    private static EstimatorChain<T> Add<T>(EstimatorChain<ITransformer> chain, IEstimator<T> estimator, ChainStage stage, IHostEnvironment? environment)
        where T : class, ITransformer
    {
        var longer = chain.Append(estimator, stage.Scope);
        return stage.CacheAfter && environment is not null ? longer.AppendCacheCheckpoint(environment) : longer;
    }

    private static bool GivesChain(IEstimator<ITransformer> estimator) =>
        estimator.GetType().GetInterfaces().Any(i =>
            i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEstimator<>)
            && i.GetGenericArguments()[0] is { IsGenericType: true } fitted && fitted.GetGenericTypeDefinition() == typeof(TransformerChain<>));

    private static InvalidOperationException Unreadable(object estimator) => new(
        $"The stages of this {estimator.GetType().Name} cannot be read, so the check cannot be put before its trainer. "
        + "Call AppendDiagnostics() on the part of the pipeline before the trainer, and append the trainer to what it returns.");

    private static object? FieldOf(object chain, string name) => chain.GetType().GetField(name, Declared)?.GetValue(chain);
}
