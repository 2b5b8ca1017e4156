namespace MLNetDebug;

/// <summary>One named value a finding stands on.</summary>
/// <param name="Name">What was measured, in the field's standard term.</param>
/// <param name="Value">The value.</param>
public sealed record Evidence(string Name, double Value)
{
    /// <summary>The threshold the value was held against.</summary>
    public double? Threshold { get; init; }

    /// <summary>The value's unit, such as <c>rows</c> or <c>sd</c>.</summary>
    public string? Unit { get; init; }
}

/// <summary>What to do about a finding.</summary>
/// <param name="Text">One sentence.</param>
/// <param name="Code">The line of C# that does it, where there is one.</param>
public sealed record Advice(string Text, string? Code = null);

/// <summary>How a finding was proved.</summary>
/// <param name="Kind">The kind of proof.</param>
/// <param name="Text">What was done and what came out.</param>
public sealed record Proof(ProofKind Kind, string Text);

/// <summary>Numbers a renderer may draw; at most 64 KB.</summary>
/// <param name="Kind">Such as <c>histogram</c>, <c>line</c>, <c>bar</c>.</param>
/// <param name="Axes">One name per axis.</param>
/// <param name="Data">One series per axis, equally long.</param>
public sealed record Figure(string Kind, IReadOnlyList<string> Axes, IReadOnlyList<IReadOnlyList<double>> Data)
{
    /// <summary>At most this many values over all series (64 KB of doubles).</summary>
    public const int MaxValues = 8192;
}
