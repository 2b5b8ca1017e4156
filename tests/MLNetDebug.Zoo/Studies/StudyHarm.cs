namespace MLNetDebug.Zoo.Studies;

/// <summary>What is done to the workers of one study, and when: after they have said so many lines together, and some milliseconds more.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Share">After which share of the lines that workers say together where nobody is harmed.</param>
/// <param name="Milliseconds">How long after that.</param>
/// <param name="Second">The share of the second harm, where there is one.</param>
/// <param name="Victim">Chooses whom it meets.</param>
internal sealed record StudyHarm(HarmKind Kind, double Share, int Milliseconds, double Second, int Victim)
{
    private const int StartMilliseconds = 1500;
    private const int LineMilliseconds = 100;

    /// <summary>The kinds of a table's kills, in turn: one in three studies loses a second worker, one in ten all of them.</summary>
    private static readonly HarmKind[] Kills =
    [
        HarmKind.Kill, HarmKind.KillTwo, HarmKind.KillAndRestart, HarmKind.KillAtStart, HarmKind.KillTwo, HarmKind.KillAll, HarmKind.KillAndRestart, HarmKind.KillTwo, HarmKind.Kill, HarmKind.Kill,
    ];

    /// <summary>The harm of a study of the table's kills.</summary>
    public static StudyHarm OfKill(int study, Random random) => Of(Kills[study % Kills.Length], random);

    /// <summary>A harm at a moment of chance.</summary>
    public static StudyHarm Of(HarmKind kind, Random random)
    {
        var share = kind == HarmKind.KillAtStart ? 0 : random.NextDouble();
        var milliseconds = random.Next(kind == HarmKind.KillAtStart ? StartMilliseconds : LineMilliseconds);
        return new StudyHarm(kind, share, milliseconds, share + ((1 - share) * random.NextDouble()), random.Next(int.MaxValue));
    }

    /// <summary>Such as <c>KillTwo at 0.41 and 0.72</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Kind} at {Share:0.00} + {Milliseconds} ms{(Kind == HarmKind.KillTwo ? FormattableString.Invariant($" and {Second:0.00}") : "")}");
}

/// <summary>What is done to workers.</summary>
internal enum HarmKind
{
    /// <summary>One is killed.</summary>
    Kill,

    /// <summary>One is killed while it starts.</summary>
    KillAtStart,

    /// <summary>One is killed, and another later.</summary>
    KillTwo,

    /// <summary>One is killed, and a new one begins.</summary>
    KillAndRestart,

    /// <summary>All are killed, and a new one goes on.</summary>
    KillAll,

    /// <summary>One is halted for longer than a worker may be silent, and goes on.</summary>
    Halt,
}
