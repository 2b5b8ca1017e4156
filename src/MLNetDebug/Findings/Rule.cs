namespace MLNetDebug;

/// <summary>One cause, one id, one mend: reads one measurement and yields findings.</summary>
public abstract class Rule
{
    private protected Rule()
    {
    }

    /// <summary>What the rule is, apart from its logic.</summary>
    public abstract RuleDescriptor Descriptor { get; }

    /// <summary>The measurement the rule reads.</summary>
    public abstract Type Measured { get; }

    /// <summary>The rule's typed options; null where it has none.</summary>
    public virtual RuleOptions? Options => null;

    internal abstract void JudgeObject(object measured, FindingSink sink);
}

/// <summary>A rule over one kind of measurement. It touches no data view, tensor or file: numbers only.</summary>
/// <typeparam name="TMeasured">The measurement.</typeparam>
public abstract class Rule<TMeasured> : Rule
    where TMeasured : class
{
    /// <inheritdoc/>
    public sealed override Type Measured => typeof(TMeasured);

    /// <summary>Reads the measurement and reports findings.</summary>
    /// <param name="measured">The measurement.</param>
    /// <param name="sink">Takes findings, statistical tests and unanswered questions.</param>
    protected abstract void Judge(TMeasured measured, FindingSink sink);

    internal sealed override void JudgeObject(object measured, FindingSink sink) => Judge((TMeasured)measured, sink);
}
