using Microsoft.ML;

namespace MLNetDebug.Pipeline;

/// <summary>Walks a fitted model, nested chains included.</summary>
internal static class FittedStages
{
    /// <summary>The stages in the order data goes through them; chains are given as their stages.</summary>
    public static IEnumerable<ITransformer> Of(ITransformer model) =>
        model is IEnumerable<ITransformer> chain ? chain.SelectMany(Of) : [model];
}
