// Bare public signatures of Microsoft.ML.AutoML 0.23.1, for machines that cannot restore it. Nothing is behind them: see Microsoft.ML.AutoML.Signatures.csproj.
namespace Microsoft.ML.SearchSpace.Option;

public abstract class OptionBase
{
    public abstract int FeatureSpaceDim { get; }

    public virtual double[] Default { get; protected set; }

    public abstract int?[] Step { get; }

    public abstract double[] MappingToFeatureSpace(Parameter value);

    public abstract Parameter SampleFromFeatureSpace(double[] values);
}

/// <summary>A data holder: its bounds as they were given.</summary>
public abstract class UniformNumericOption : OptionBase
{
    public UniformNumericOption(double min, double max, bool logBase = false) => (Min, Max, LogBase, Default) = (min, max, logBase, [0]);

    public double Min { get; }

    public double Max { get; }

    public bool LogBase { get; }

    public override int FeatureSpaceDim => 1;

    public override int?[] Step => [null];

    public override double[] MappingToFeatureSpace(Parameter param) => throw null;

    public override Parameter SampleFromFeatureSpace(double[] values) => throw null;
}

public sealed class UniformIntOption : UniformNumericOption
{
    public UniformIntOption(int min, int max, bool logBase = false, int? defaultValue = null)
        : base(min, max, logBase)
    {
    }
}

public sealed class UniformSingleOption : UniformNumericOption
{
    public UniformSingleOption(float min, float max, bool logBase = false, float? defaultValue = null)
        : base(min, max, logBase)
    {
    }
}

public sealed class UniformDoubleOption : UniformNumericOption
{
    public UniformDoubleOption(double min, double max, bool logBase = false, double? defaultValue = null)
        : base(min, max, logBase)
    {
    }
}
