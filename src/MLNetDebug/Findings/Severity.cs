namespace MLNetDebug;

/// <summary>How much a finding matters. Only facts may be <see cref="Error"/>; estimates are at most <see cref="Warning"/>.</summary>
public enum Severity
{
    /// <summary>Silenced: the rule does not run.</summary>
    None = 0,

    /// <summary>Advice, style, or an estimate too weak to warn about.</summary>
    Info = 1,

    /// <summary>Very likely harms training or evaluation.</summary>
    Warning = 2,

    /// <summary>A fact that makes training or evaluation wrong; stops a pipeline by default.</summary>
    Error = 3,
}

/// <summary>How sure a finding is.</summary>
public enum Confidence
{
    /// <summary>One sign points at the cause.</summary>
    Suspected = 0,

    /// <summary>A fact, two independent signs, or a proof.</summary>
    Confirmed = 1,
}

/// <summary>What kind of evidence a rule stands on.</summary>
public enum ProofKind
{
    /// <summary>A counted fact: it is there or it is not.</summary>
    Fact = 0,

    /// <summary>A test whose adjusted p-value and effect both pass.</summary>
    Statistical = 1,

    /// <summary>An experiment that models were trained for (out-of-fold, permutations).</summary>
    Experiment = 2,

    /// <summary>A replay with and without the single change.</summary>
    Replay = 3,
}

/// <summary>The family a rule belongs to, in the order root cause before symptom; reports sort by it.</summary>
public enum RuleCategory
{
    /// <summary>The data, the labels, the splits.</summary>
    Data = 0,

    /// <summary>What a trainer runs with: its options, versions, device and files.</summary>
    Setup = 1,

    /// <summary>The loss and what it is fed.</summary>
    LossAndOutput = 2,

    /// <summary>Initialisation and structure of the network.</summary>
    Structure = 3,

    /// <summary>The optimizer and its settings.</summary>
    Optimizer = 4,

    /// <summary>Gradients and updates.</summary>
    Gradients = 5,

    /// <summary>Predictions and validation.</summary>
    Validation = 6,
}
