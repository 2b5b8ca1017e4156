using System.Text;
using Microsoft.ML.Data;

namespace MLNetDebug.Zoo.Fuzz;

/// <summary>A fuzzed text file and the options a user might load it with, made of the seed alone.</summary>
internal sealed class FuzzFile : IDisposable
{
    private static readonly string[] Cells =
    [
        "", " ", "1", "2.5", "-3", "1e39", "1e-50", "NaN", "?", "inf", "-Infinity", "abc", "16777217", "99999999999999999999", "true", "0x1F", "1,5", "\"", "\"a\"\"b\"",
        "\"open", " red", "red", "3:1", "5", "2020-01-01", "\\t", "\0", "ä", "+", "-", ".", "1.", ".5e", "00:00:01",
    ];

    public FuzzFile(int seed)
    {
        var random = new Random(seed);
        var content = random.Next(4) == 0 ? Bytes(random) : Encoding.UTF8.GetBytes(Table(random));
        // First, as ML.NET's option classes throw for some values: no file is left behind then.
        Options = Loader(random);
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), System.IO.Path.GetRandomFileName());
        File.WriteAllBytes(Path, content);
    }

    public string Path { get; }

    public TextLoader.Options Options { get; }

    public void Dispose() => File.Delete(Path);

    private static byte[] Bytes(Random random)
    {
        var bytes = new byte[random.Next(400)];
        random.NextBytes(bytes);
        // Enough line ends and separators that there are rows and fields.
        for (var i = 0; i < bytes.Length; i++)
        {
            if (random.Next(4) == 0)
                bytes[i] = (byte)"\n\r,\t\" 1"[random.Next(7)];
        }

        return bytes;
    }

    private static string Table(Random random)
    {
        var text = new StringBuilder();
        var (width, separator) = (random.Next(1, 7), ",\t; "[random.Next(4)]);
        for (var row = random.Next(30); row >= 0; row--)
        {
            var fields = random.Next(8) == 0 ? random.Next(9) : width;
            text.AppendJoin(separator, Enumerable.Range(0, fields).Select(_ => random.Next(3) > 0 ? random.Next(100).ToString() : Cells[random.Next(Cells.Length)]));
            text.Append(random.Next(5) == 0 ? "\r\n" : "\n");
        }

        return text.ToString();
    }

    private static TextLoader.Options Loader(Random random) => new()
    {
        Separators = random.Next(60) switch { 0 => [], 1 => ['"'], 2 => ['\n'], < 6 => ['a'], < 12 => [',', ';'], _ => [",\t; "[random.Next(4)]] },
        HasHeader = random.Next(2) == 0,
        AllowQuoting = random.Next(2) == 0,
        AllowSparse = random.Next(4) == 0,
        TrimWhitespace = random.Next(2) == 0,
        ReadMultilines = random.Next(3) == 0,
        MissingRealsAsNaNs = random.Next(2) == 0,
        DecimalMarker = random.Next(60) switch { 0 => ';', < 6 => ',', _ => '.' },
        EscapeChar = random.Next(3) == 0 ? '\\' : '"',
        MaxRows = random.Next(5) == 0 ? random.Next(random.Next(8) == 0 ? -1 : 0, 4) : null,
        Columns = random.Next(10) == 0 ? null : [.. Enumerable.Range(0, random.Next(6)).Select(_ => Column(random))],
    };

    private static TextLoader.Column Column(Random random)
    {
        var kinds = Enum.GetValues<DataKind>();
        var (name, kind, first) = (HostileText.Name(random), kinds[random.Next(kinds.Length)], random.Next(8));
        return random.Next(24) switch
        {
            0 => new TextLoader.Column(name, kind, first, first + random.Next(-1, 4)),
            1 => new TextLoader.Column(name, kind, [new TextLoader.Range(first)], new KeyCount((ulong)random.Next(4))),
            2 => new TextLoader.Column { Name = name, Source = random.Next(2) == 0 ? null : [new TextLoader.Range(first, null)] },
            3 => new TextLoader.Column(name, DataKind.Single, random.Next(-2, 2000)),
            _ => new TextLoader.Column(name, kind, first),
        };
    }
}
