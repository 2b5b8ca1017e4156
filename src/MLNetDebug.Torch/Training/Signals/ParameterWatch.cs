using System.Runtime.InteropServices;
using MLNetDebug.Torch.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Signals;

/// <summary>What is known of one parameter while it is trained.</summary>
internal sealed class ParameterWatch : IDisposable
{
    private readonly string _moduleType;
    private readonly ParameterRole _role;
    private readonly long[] _shape;
    private readonly Ring _norms = new(TrainingWindow.GradientSteps);
    private readonly Ring _updates = new(TrainingWindow.Samples);
    private readonly UpdateSample _sample;
    private readonly UnitWatch? _units;
    private readonly bool _isPlain;
    private ElementSums? _gradient;
    private ElementSums? _values;
    private double _initialNorm = double.NaN;
    private bool _isTaken;
    private bool _isMoved;
    private long _nonFiniteGradients;

    public ParameterWatch(ParameterProfile profile, string moduleType, Parameter parameter)
    {
        (Name, Module, Parameter) = (profile.Name, profile.Module, parameter);
        (_moduleType, _role, _shape) = (moduleType, profile.Role, [.. profile.Facts.Shape]);
        _sample = new UpdateSample(parameter.NumberOfElements);
        _isPlain = PlainFloats.TryRead(parameter, out _);
        if (profile is { Role: ParameterRole.Weight, Facts.Rank: >= 2 } && _shape[0] is > 0 and <= int.MaxValue)
            _units = new UnitWatch(_shape[0]);
    }

    public string Name { get; }

    public string Module { get; }

    public Parameter Parameter { get; }

    /// <summary>True where the parameter lies in this process's memory in order, in single precision.</summary>
    public bool IsPlain => _isPlain;

    /// <summary>True where a gradient of the last step was there and read.</summary>
    public bool HasGradient { get; private set; }

    /// <summary>True where its gradient was there and not finite at the last step.</summary>
    public bool IsGradientNonFinite { get; private set; }

    /// <summary>True where it was not finite when it was last sampled.</summary>
    public bool IsNonFinite => _values is { NonFinite: > 0 };

    /// <summary>The sum of squares of the gradient that was looked at last, not finite where an element is not; null where there was none or its type shows no numbers.</summary>
    public double? GradientSquares => _gradient switch
    {
        { NonFinite: > 0 } => double.NaN,
        { Squares: var squares } when !double.IsNaN(squares) => Math.Min(squares, double.MaxValue),
        _ => null,
    };

    public double GradientNorm => _norms.Last;

    /// <summary>The last number of <see cref="ParameterTrack.UpdateRatios"/>.</summary>
    public double UpdateRatio => _updates.Last;

    /// <summary>The first of them since the run began or was put back; NaN before, and where the weight was 0.</summary>
    public double FirstUpdateRatio { get; private set; } = double.NaN;

    /// <summary>Its norm when it was last sampled.</summary>
    public double Norm => _values?.Norm ?? double.NaN;

    /// <summary>Takes one step's sum of squares of the gradient: NaN where there is none.</summary>
    public void Add(double sumOfSquares, bool hasGradient)
    {
        HasGradient = hasGradient;
        IsGradientNonFinite = hasGradient && !double.IsFinite(sumOfSquares);
        _nonFiniteGradients += IsGradientNonFinite ? 1 : 0;
        _norms.Add(hasGradient && double.IsFinite(sumOfSquares) ? Math.Sqrt(sumOfSquares) : double.NaN);
    }

    /// <summary>Remembers some elements before the step.</summary>
    public void SampleBefore()
    {
        if (double.IsNaN(_initialNorm))
            _initialNorm = ElementSums.Of(Parameter).Norm;
        if (_isPlain)
            _sample.Take(Values(Parameter));
        else
            _sample.Take(Parameter);
        _isTaken = true;
    }

    /// <summary>
    /// A gradient's elements where they lie in this process's memory in order. It is of its parameter's type and device, so that a few questions, at every step and for every parameter, need not be asked.
    /// </summary>
    public bool TryReadGradient(Tensor gradient, out ReadOnlySpan<float> values)
    {
        // Rows of a table may come sparse, and a gradient of one's own making with gaps.
        var isPlain = _isPlain && !gradient.is_sparse && gradient.is_contiguous();
        values = isPlain ? Values(gradient) : [];
        return isPlain;
    }

    /// <summary>Looks closely at the gradient; null where there is none.</summary>
    public void SampleGradient(Tensor? gradient)
    {
        if (gradient is not null && TryReadGradient(gradient, out var values))
        {
            SampleGradient(values);
            return;
        }

        _gradient = gradient is null ? null : ElementSums.Of(gradient);
        if (gradient is not null && _gradient is { NonFinite: 0 })
            _units?.Add(gradient);
    }

    /// <inheritdoc cref="SampleGradient(Tensor)"/>
    public void SampleGradient(ReadOnlySpan<float> values)
    {
        _gradient = ElementSums.Of(values);
        if (_gradient is { NonFinite: 0 })
            _units?.Add(values);
    }

    /// <summary>Looks closely at the parameter after the step.</summary>
    public void SampleAfter(bool isStepTaken)
    {
        if (!_isTaken)
            return;
        _isTaken = false;
        if (_isPlain)
        {
            var values = Values(Parameter);
            _values = ElementSums.Of(values);
            _updates.Add(isStepTaken ? _sample.Ratio(values) : double.NaN);
        }
        else
        {
            _values = ElementSums.Of(Parameter);
            _updates.Add(isStepTaken ? _sample.Ratio(Parameter) : double.NaN);
        }

        // Without a gradient, as in front of a weight of 0, only decay moves it, which tells nothing of the rate.
        if (!_isMoved && isStepTaken && GradientNorm > 0)
            FirstUpdateRatio = _updates.Last;
        _isMoved |= isStepTaken;
    }

    /// <summary>Forgets the norms and updates that a rollback has undone.</summary>
    public void StartAnew()
    {
        _norms.Clear();
        _updates.Clear();
        (FirstUpdateRatio, _isMoved) = (double.NaN, false);
    }

    public ParameterTrack ToTrack(int? order) => new()
    {
        Name = Name,
        Module = Module,
        ModuleType = _moduleType,
        Role = _role,
        Shape = _shape,
        Order = order,
        GradientNorms = _norms.View(),
        NonFiniteGradients = _nonFiniteGradients,
        GradientMean = _gradient?.Mean ?? double.NaN,
        GradientAbsMax = _gradient?.AbsMax ?? double.NaN,
        GradientZeroShare = _gradient?.ZeroShare ?? double.NaN,
        InitialNorm = _initialNorm,
        Norm = Norm,
        Mean = _values?.Mean ?? double.NaN,
        AbsMax = _values?.AbsMax ?? double.NaN,
        ZeroShare = _values?.ZeroShare ?? double.NaN,
        UpdateRatios = _updates.View(),
        Units = _units?.Units ?? 0,
        DeadUnits = _units?.Dead ?? 0,
        DeadSamples = _units?.Samples ?? 0,
    };

    public void Dispose() => _sample.Dispose();

    private static ReadOnlySpan<float> Values(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
