// Bare public signatures of Microsoft.ML.AutoML 0.23.1, for machines that cannot restore it. Nothing is behind them: see Microsoft.ML.AutoML.Signatures.csproj.
namespace Microsoft.ML.SearchSpace.Option;

public sealed class ChoiceOption : OptionBase
{
    public ChoiceOption(params object[] choices) => throw null;

    public ChoiceOption(object[] choices, object defaultChoice) => throw null;

    public Parameter[] Choices => throw null;

    public override int FeatureSpaceDim => throw null;

    public override int?[] Step => throw null;

    public override double[] MappingToFeatureSpace(Parameter param) => throw null;

    public override Parameter SampleFromFeatureSpace(double[] values) => throw null;
}

/// <summary>A second public class of this name, which the package really has: a nested space.</summary>
public sealed class SearchSpace : OptionBase, IEnumerable<KeyValuePair<string, OptionBase>>
{
    public SearchSpace() => throw null;

    public override int FeatureSpaceDim => throw null;

    public override int?[] Step => throw null;

    public IEnumerator<KeyValuePair<string, OptionBase>> GetEnumerator() => throw null;

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => throw null;

    public override double[] MappingToFeatureSpace(Parameter parameter) => throw null;

    public override Parameter SampleFromFeatureSpace(double[] values) => throw null;
}
