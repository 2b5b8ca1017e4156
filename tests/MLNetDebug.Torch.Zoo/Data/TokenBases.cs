using MLNetDebug.Zoo.Data;

namespace MLNetDebug.Torch.Zoo.Data;

/// <summary>Sequences of token numbers.</summary>
internal static class TokenBases
{
    /// <summary>Which of five tokens stands most often; the label is that token.</summary>
    public static NetworkDraw Majority(int seed) => Sequences("majority", seed, 600, 12, 5, 5, random =>
    {
        double[] weights = [.. Enumerable.Repeat(0.12, 5)];
        weights[random.Below(5)] += 0.4;
        int[] tokens = [.. Enumerable.Range(0, 12).Select(_ => random.Draw(weights))];
        var counts = Enumerable.Range(0, 5).Select(t => tokens.Count(x => x == t)).ToArray();
        return (tokens, Array.IndexOf(counts, counts.Max()));
    });

    /// <summary>Which of three groups the first token is of; the others are noise.</summary>
    public static NetworkDraw First(int seed) => Sequences("first-token", seed, 600, 8, 9, 3, random =>
    {
        int[] tokens = [.. Enumerable.Range(0, 8).Select(_ => random.Below(9))];
        return (tokens, tokens[0] % 3);
    });

    /// <summary>Whether token 0 stands an odd number of times.</summary>
    public static NetworkDraw Parity(int seed) => Sequences("parity", seed, 600, 6, 4, 2, random =>
    {
        int[] tokens = [.. Enumerable.Range(0, 6).Select(_ => random.Below(4))];
        return (tokens, tokens.Count(t => t == 0) % 2);
    });

    /// <summary>Walks over seven tokens, each of which has one usual successor; the label is the next token.</summary>
    public static NetworkDraw Grammar(int seed) => Sequences("grammar", seed, 600, 6, 7, 7, random =>
    {
        var token = random.Below(7);
        int Next() => token = random.Uniform() < 0.8 ? (3 * token + 1) % 7 : random.Below(7);
        return ([.. Enumerable.Range(0, 6).Select(_ => Next())], Next());
    });

    private static NetworkDraw Sequences(string name, int seed, int rows, int length, int vocabulary, int classes, Func<ZooRandom, (int[] Tokens, int Label)> draw)
    {
        var random = new ZooRandom(seed, name);
        var drawn = Enumerable.Range(0, rows).Select(_ => draw(random)).ToArray();
        return Draws.Of(
            NetworkDataKind.Tokens, [length], [.. drawn.Select(d => d.Tokens.Select(t => (float)t).ToArray())], [.. drawn.Select(d => (float)d.Label)], classes, rows * 2 / 3, vocabulary);
    }
}
