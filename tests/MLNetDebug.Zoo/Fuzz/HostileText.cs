namespace MLNetDebug.Zoo.Fuzz;

/// <summary>Names and values that break careless code.</summary>
internal static class HostileText
{
    private static readonly string[] Texts =
    [
        " ", "\0", "a\nb", "\u202egnp.exe", "\U0001F600", "\ud800", "<script>alert(1)</script>", "\u001b[31mred", "{0}{1:x}", "%n%s", "'; DROP TABLE x;--",
        "NaN", "-0", "1e999", "?", "Label", "Features", "Label.0", "\"quoted\"", "a,b;c\td", new('x', 5000), "ä\u0308", "\\", "null", "İ",
    ];

    /// <summary>A text that is not empty.</summary>
    public static string Any(Random random) => Texts[random.Next(Texts.Length)];

    /// <summary>A column's name: mostly an ordinary one, so that names meet.</summary>
    public static string Name(Random random) => random.Next(10) switch
    {
        0 => "Label",
        1 => "Features",
        2 => "Weight",
        3 => "GroupId",
        4 => Any(random),
        _ => "c" + random.Next(6),
    };
}
