using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Zoo.Data;
using MLNetDebug.Zoo.Views;

namespace MLNetDebug.Zoo.Trainers;

/// <summary>Texts that a network of letters can tell apart: each class has letters of its own, mixed with those of all.</summary>
internal sealed record Letters(string[] Texts, uint[] Keys)
{
    public static readonly string[] Classes = ["vowels", "early", "late"];

    private static readonly string[] Alphabets = ["aeiou", "bcdfg", "tvwxz"];

    /// <summary>Declared classes, in the order of their keys.</summary>
    public IReadOnlyList<string> Declared { get; init; } = Classes;

    /// <summary>Targets of a regression; null to make them of the keys.</summary>
    public float[]? Targets { get; init; }

    public int Rows => Texts.Length;

    /// <summary>Draws rows in random order.</summary>
    public static Letters Draw(int rows, int seed = 1)
    {
        var random = new ZooRandom(seed, "letters");
        uint[] keys = [.. Enumerable.Range(0, rows).Select(_ => (uint)random.Below(3) + 1)];
        return new Letters([.. keys.Select(k => Text(random, Alphabets[k - 1]))], keys);
    }

    /// <summary>The rows with the text column <c>Sentence1</c> and the key column <c>Label</c>.</summary>
    /// <param name="asKeys">False for plain unsigned numbers.</param>
    /// <param name="withValues">False for keys without their values.</param>
    public IDataView ToClasses(bool asKeys = true, bool withValues = true) => new MemoryView(
        Rows, MemoryColumns.Text("Sentence1", Texts),
        asKeys ? MemoryColumns.Key("Label", Keys, Declared.Count, withValues ? Declared : null) : MemoryColumns.Of("Label", NumberDataViewType.UInt32, Keys));

    /// <summary>The rows with a number to learn, 0, 1 or 2 by class.</summary>
    public IDataView ToTargets() => new MemoryView(
        Rows, MemoryColumns.Text("Sentence1", Texts), MemoryColumns.Of("Label", NumberDataViewType.Single, Targets ?? [.. Keys.Select(k => k - 1f)]));

    private static string Text(ZooRandom random, string alphabet) =>
        string.Concat(Enumerable.Range(0, 24).Select(i => i % 6 == 5 ? ' ' : random.Uniform() < 0.6 ? alphabet[random.Below(alphabet.Length)] : (char)('a' + random.Below(26))));
}
