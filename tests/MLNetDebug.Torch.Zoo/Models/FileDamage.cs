using System.Buffers.Binary;
using MLNetDebug.Torch.Trainers.Models.Saved;

namespace MLNetDebug.Torch.Zoo.Models;

/// <summary>What a seed does to a file.</summary>
internal static class FileDamage
{
    private static readonly int[] Extremes = [int.MinValue, int.MaxValue, -1, 0, 1, 1 << 30, 0x00FF_FFFF];

    private static readonly (string Name, Func<ModelFiles, Random, byte[]> Do)[] Kinds =
    [
        ("cut", (f, r) => f.Bytes[..r.Next(f.Bytes.Length)]),
        ("bits", (f, r) => Bits(f.Bytes, r)),
        ("entries swapped", (f, r) => Entries(f.Bytes, e => Swap(e, r))),
        ("entry removed", (f, r) => Entries(f.Bytes, e => e.RemoveAt(r.Next(e.Count)))),
        ("entry doubled", (f, r) => Entries(f.Bytes, e => Double(e, r))),
        ("bits in an entry", (f, r) => Entries(f.Bytes, e => BitsIn(e, r))),
        ("entry of another model", (f, r) => Entries(f.Bytes, e => FromTwin(e, f, r))),
        ("texts", Texts),
        ("pieces", Pieces),
        ("lengths", (f, r) => Lengths(f, r, isForged: false)),
        ("lengths, forged", (f, r) => Lengths(f, r, isForged: true)),
    ];

    /// <summary>The damaged file, and what was done.</summary>
    public static (string Kind, byte[] File) Of(ModelFiles files, int seed)
    {
        var (name, damage) = Kinds[seed % Kinds.Length];
        return (name, damage(files, new Random(seed)));
    }

    private static byte[] Bits(byte[] bytes, Random random)
    {
        byte[] copy = [.. bytes];
        if (copy.Length == 0)
            return [1];
        for (var i = random.Next(1, 4); i > 0; i--)
            copy[random.Next(copy.Length)] ^= (byte)(1 << random.Next(8));
        return copy;
    }

    private static byte[] Entries(byte[] file, Action<List<(string Name, byte[] Bytes)>> change)
    {
        var entries = ModelFiles.Entries(file);
        change(entries);
        return ModelFiles.Zip(entries);
    }

    private static void Swap(List<(string Name, byte[] Bytes)> entries, Random random)
    {
        // Entries of one name, such as those that maps keep their tables in, stand in for each other.
        var (a, b) = (random.Next(entries.Count), random.Next(entries.Count));
        if (random.Next(3) > 0)
        {
            var alike = Enumerable.Range(0, entries.Count).Where(i => Path.GetFileName(entries[i].Name) == Path.GetFileName(entries[a].Name)).ToArray();
            b = alike[random.Next(alike.Length)];
        }

        (entries[a], entries[b]) = ((entries[a].Name, entries[b].Bytes), (entries[b].Name, entries[a].Bytes));
    }

    private static void Double(List<(string Name, byte[] Bytes)> entries, Random random)
    {
        var (from, to) = (entries[random.Next(entries.Count)], random.Next(entries.Count));
        entries.Insert(random.Next(entries.Count + 1), (entries[to].Name, from.Bytes));
    }

    private static void BitsIn(List<(string Name, byte[] Bytes)> entries, Random random)
    {
        var at = random.Next(entries.Count);
        entries[at] = (entries[at].Name, Bits(entries[at].Bytes, random));
    }

    private static void FromTwin(List<(string Name, byte[] Bytes)> entries, ModelFiles files, Random random)
    {
        // One of the maps of pieces and seal, or all of them but one: with all of them the file would be a whole one, of the other model.
        var others = ModelFiles.Entries(files.Twin).ToDictionary(e => e.Name, e => e.Bytes);
        var maps = Enumerable.Range(0, entries.Count).Where(i => Path.GetExtension(entries[i].Name) == ".idv").OrderBy(i => entries[i].Name, StringComparer.Ordinal).Take(files.Pieces.Length + 1).ToArray();
        var one = maps[random.Next(maps.Length)];
        foreach (var i in random.Next(2) == 0 ? [one] : maps.Where(m => m != one))
            entries[i] = (entries[i].Name, others[entries[i].Name]);
    }

    private static byte[] Texts(ModelFiles files, Random random)
    {
        var (pieces, seal) = WeightPieces.Finish([.. files.Pieces.Select(p => p.ToArray())]);
        char[][] texts = [.. pieces.Pieces.Select(p => WeightTexts.Encode(p).ToArray()), seal.ToCharArray()];
        var at = random.Next(texts.Length);
        if (random.Next(4) == 0)
            texts[at] = texts[at][..random.Next(texts[at].Length)];
        else
            texts[at][random.Next(texts[at].Length)] ^= (char)(1 << random.Next(7));
        return files.With([.. texts.Select(t => new ReadOnlyMemory<char>(t))]);
    }

    private static byte[] Pieces(ModelFiles files, Random random)
    {
        var (pieces, seal) = WeightPieces.Finish([.. files.Pieces.Select(p => p.ToArray())]);
        var list = pieces.Pieces.ToList();
        var (a, b) = (random.Next(list.Count), random.Next(list.Count));
        switch (random.Next(3))
        {
            case 0:
                (list[a], list[b]) = (list[b], list[a]);
                break;
            case 1:
                list.RemoveAt(a);
                break;
            default:
                list.Insert(b, list[a]);
                break;
        }

        return files.With([.. list.Select(p => WeightTexts.Encode(p)), seal.AsMemory()]);
    }

    private static byte[] Lengths(ModelFiles files, Random random, bool isForged)
    {
        // In one piece, so that a number lies in one.
        var payload = files.Pieces.SelectMany(p => p.Skip(WeightPieces.HeaderLength)).ToArray();
        byte[] piece = [.. new byte[WeightPieces.HeaderLength], .. payload];
        var (whole, seal) = WeightPieces.Finish([piece]);
        int[] places = isForged ? LengthPlaces.In(payload) : [.. LengthPlaces.In(payload), .. new[] { 8, 12, 16, 20, 24 }.Select(p => p - WeightPieces.HeaderLength)];
        var at = WeightPieces.HeaderLength + places[random.Next(places.Length)];
        BinaryPrimitives.WriteInt32LittleEndian(piece.AsSpan(at), Extremes[random.Next(Extremes.Length)]);
        if (isForged)
            (whole, seal) = WeightPieces.Finish([piece]);
        return files.With([WeightTexts.Encode(whole.Pieces[0]), seal.AsMemory()]);
    }
}
