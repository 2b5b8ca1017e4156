using Microsoft.ML;

namespace MLNetDebug.Pipeline;

/// <summary>Walks a fitted model, nested chains included.</summary>
internal static class FittedStages
{
    /// <summary>The stages in the order data goes through them; chains are given as their stages.</summary>
    public static IEnumerable<ITransformer> Of(ITransformer model) =>
        model is IEnumerable<ITransformer> chain ? chain.SelectMany(Of) : [model];

    /// <summary>The stages as above, each chain behind its own: an estimator may be fitted to a chain, and its report is then the chain's.</summary>
    public static IEnumerable<ITransformer> WithChains(ITransformer model) =>
        model is IEnumerable<ITransformer> chain ? chain.SelectMany(WithChains).Append(model) : [model];
}
