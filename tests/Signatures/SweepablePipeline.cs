// Bare public signatures of Microsoft.ML.AutoML 0.23.1, for machines that cannot restore it. Nothing is behind them: see Microsoft.ML.AutoML.Signatures.csproj.
using Microsoft.ML.Data;
using Microsoft.ML.SearchSpace;

namespace Microsoft.ML.AutoML;

public class SweepablePipeline
{
    internal SweepablePipeline() => throw null;

    public SearchSpace.SearchSpace SearchSpace => throw null;

    public EstimatorChain<ITransformer> BuildFromOption(MLContext context, Parameter parameter) => throw null;

    public string ToString(Parameter parameter) => throw null;
}
