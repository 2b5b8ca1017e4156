using System.Text;

using CsCheck;

using Microsoft.ML;
using Microsoft.ML.Data;

using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Files;

/// <summary>Random tables of nasty cells, read by ML.NET's text loader and by ours, cell by cell.</summary>
[TestClass]
public sealed class LoaderConformanceTests
{
    private static readonly string[] Cells =
    [
        "", "", " ", "0", "1", "2", "7", "3.5", "-2", "+4", "1e3", "1E-2", "2e", ".5", "5.", ".", "-", "+", "3,5", "1e39", "-1e40", "1e-50", "16777217", "16777216", "300", "70000",
        "?", "NA", "na", "N/A", "nan", "NaN", "NULL", "abc", "inf", "Infinity", "-Infinity", "\u221E", "-\u221E", "+Infinity", "true", "FALSE", "yes", "No", "t", "maybe", "red", " red", "red ", "  7", "7 ",
        "\"red\"", "\"1,5\"", "\"a;b\"", "\"say \"\"so\"\"\"", "\"open", "\"shut\"x", "\"\"", "\" 3\"", "\"esc\\\"aped\"", "\"slash\\\\\"", "a\"b", "2020-01-02", "#5", "//x", "3:7", "0:1", "1:", "12:4", "2:abc", "00012", "\u0664", "5\0", "\t9",
    ];

    private static readonly (DataKind Kind, ulong? Keys)[] Kinds =
    [
        (DataKind.Single, null), (DataKind.Single, null), (DataKind.Single, null), (DataKind.Single, null), (DataKind.Double, null), (DataKind.Double, null),
        (DataKind.String, null), (DataKind.String, null), (DataKind.UInt32, 3), (DataKind.UInt32, 8), (DataKind.Byte, 5), (DataKind.UInt64, 12),
        (DataKind.Int32, null), (DataKind.UInt16, null), (DataKind.Boolean, null), (DataKind.DateTime, null), (DataKind.SByte, null), (DataKind.UInt64, null), (DataKind.TimeSpan, null),
    ];

    private static readonly Gen<TextLoader.Options> GenOptions =
        Gen.Select(Gen.OneOfConst(",", ";", "\t", " ", ",;", "|,\t"), Gen.Bool, Gen.Bool, Gen.Int[0, 11], Gen.Bool, Gen.OneOfConst('"', '\\'), Gen.Bool, Gen.Bool)
        .Select((separators, quoting, trim, dice, header, escape, missing, multiline) => new TextLoader.Options
        {
            Separators = [.. separators],
            AllowQuoting = quoting,
            TrimWhitespace = trim,
            AllowSparse = dice < 3 && !missing,
            InputSize = dice == 0 ? 9 : null,
            DecimalMarker = dice == 4 && quoting ? ',' : '.',
            HasHeader = header,
            EscapeChar = escape,
            MissingRealsAsNaNs = missing,
            ReadMultilines = multiline && escape == '"',
        });

    [TestMethod]
    public void Every_cell_is_what_the_loader_reads() =>
        Gen.Select(GenOptions, Gen.Int[0, Kinds.Length - 1].Array[1, 5], Gen.Int[0, Cells.Length - 1].Array[0, 7].Array[1, 7], Gen.OneOfConst("\n", "\r\n"))
            .Sample(
                (options, kinds, rows, end) =>
                {
                    options.Columns =
                    [
                        .. kinds.Select((k, i) => new TextLoader.Column($"C{i}", Kinds[k].Kind, [new TextLoader.Range(i)], Kinds[k].Keys is { } n ? new KeyCount(n) : null)),
                        new TextLoader.Column("V", DataKind.Single, [new TextLoader.Range(1, 2), new TextLoader.Range(4, 4)]),
                    ];
                    Compare(options, string.Join(end, rows.Select(r => string.Join(options.Separators[^1], r.Select(c => Cells[c])))));
                },
                iter: 1500,
                threads: 1,
                writeLine: _ => { });

    [TestMethod]
    public void Ranges_to_the_end_reach_as_far_as_the_loaders() => Compare(
        new TextLoader.Options { Separators = [','], Columns = [new("L", DataKind.Single, 0), new("F", DataKind.Single, [new TextLoader.Range(1, null)])] },
        "1,2,3\n4,,6\n7,8,x\n");

    private static void Compare(TextLoader.Options options, string text)
    {
        var path = Path.Combine(Path.GetTempPath(), $"mlnetdebug-{Guid.NewGuid():N}.csv");
        File.WriteAllText(path, text, new UTF8Encoding(false));
        try
        {
            var (theirs, thrown) = Load(options, path);
            if (theirs is null)
            {
                Assert.ThrowsExactly<ArgumentException>(() => FileChecker.Check(path, options));
                return;
            }

            var check = FileChecker.Check(path, options);
            var stops = check.UnclosedQuote is not null || check.Fates.Any(f => f.Fate == CellFate.Throws);
            Assert.AreEqual(thrown is not null, stops, $"the loader {thrown?.Message ?? "reads"}\n{Describe(options, text)}");
            if (thrown is null && Read(options, text) is { } ours)
                Assert.AreEqual(string.Join("\n", theirs), string.Join("\n", ours), Describe(options, text));
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>The rows, null where the loader cannot even be made; and what it throws.</summary>
    private static (List<string>? Rows, Exception? Thrown) Load(TextLoader.Options options, string path)
    {
        List<string>? rows = null;
        try
        {
            var view = new MLContext(1).Data.CreateTextLoader(options, new MultiFileSource(path)).Load(path);
            rows = [];
            using var cursor = view.GetRowCursor(view.Schema);
            Func<string>[] cells = [.. view.Schema.Select(c => Getter(cursor, c))];
            while (cursor.MoveNext())
                rows.Add(string.Join("|", cells.Select(c => c())));
            return (rows, null);
        }
        catch (Exception e) when (e is not AssertFailedException)
        {
            return (rows, e);
        }
    }

    private static Func<string> Getter(DataViewRow row, DataViewSchema.Column column) => column.Type switch
    {
        VectorDataViewType => Vector(row.GetGetter<VBuffer<float>>(column)),
        TextDataViewType => Get<ReadOnlyMemory<char>>(row, column, v => v.ToString()),
        BooleanDataViewType => Get<bool>(row, column, v => v ? "1" : "0"),
        DateTimeDataViewType or TimeSpanDataViewType => () => "time",
        _ => column.Type.RawType switch
        {
            var t when t == typeof(float) => Get<float>(row, column, v => Show(v)),
            var t when t == typeof(double) => Get<double>(row, column, v => Show((float)v)),
            var t when t == typeof(int) => Get<int>(row, column, v => Show(v)),
            var t when t == typeof(uint) => Get<uint>(row, column, v => Show(v)),
            var t when t == typeof(byte) => Get<byte>(row, column, v => Show(v)),
            var t when t == typeof(sbyte) => Get<sbyte>(row, column, v => Show(v)),
            var t when t == typeof(ushort) => Get<ushort>(row, column, v => Show(v)),
            _ => Get<ulong>(row, column, v => Show(v)),
        },
    };

    private static Func<string> Get<T>(DataViewRow row, DataViewSchema.Column column, Func<T, string> show)
    {
        var getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return show(value);
        };
    }

    private static Func<string> Vector(ValueGetter<VBuffer<float>> getter)
    {
        var buffer = default(VBuffer<float>);
        return () =>
        {
            getter(ref buffer);
            return string.Join(" ", buffer.DenseValues().Select(v => Show(v)));
        };
    }

    /// <summary>Six digits, as the loader's own arithmetic may differ from the runtime's in the last bit.</summary>
    private static string Show(double value) => value == 0 ? "0" : value.ToString("G6");

    /// <summary>Our reading; null where a line gives two values to one field, of which the loader takes either.</summary>
    private static List<string>? Read(TextLoader.Options options, string text)
    {
        var syntax = TextSyntax.Of(options);
        var reader = new RowReader(new StringReader(text), syntax);
        var needed = options.Columns.SelectMany(c => c.Source).Max(r => r.Max ?? 2);
        var splitter = new FieldSplitter(syntax, options.InputSize is { } n ? Math.Min(needed, n - 1) : needed);
        if (options.HasHeader)
            reader.Next();
        var rows = new List<string>();
        while (reader.Next() is { } line)
        {
            splitter.Split(line);
            if (splitter.Fields.DistinctBy(f => f.Index).Count() < splitter.Fields.Count)
                return null;
            var fields = splitter.Fields.ToDictionary(f => f.Index);
            rows.Add(string.Join("|", options.Columns.Select(c => string.Join(" ", c.Source.SelectMany(r => Enumerable.Range(r.Min, (r.Max ?? 2) - r.Min + 1)).Select(i => Cell(options, c, fields, i))))));
        }

        return rows;
    }

    private static string Cell(TextLoader.Options options, TextLoader.Column column, Dictionary<int, Field> fields, int index)
    {
        var cell = fields.GetValueOrDefault(index).Text;
        var real = column.DataKind is DataKind.Single or DataKind.Double;
        if (column.DataKind == DataKind.String)
            return cell.ToString();
        if (column.DataKind is DataKind.DateTime or DataKind.TimeSpan)
            return "time";
        if (!fields.ContainsKey(index))
            return real && options.MissingRealsAsNaNs ? "NaN" : "0";
        var value = CellReader.Read(cell.Span, column.DataKind, column.KeyCount?.Count, options.DecimalMarker, options.MissingRealsAsNaNs).Value;
        return Show(real ? (float)value : value);
    }

    private static string Describe(TextLoader.Options o, string text) =>
        $"separators {string.Join("", o.Separators)} quoting {o.AllowQuoting} trim {o.TrimWhitespace} sparse {o.AllowSparse} size {o.InputSize} marker {o.DecimalMarker} header {o.HasHeader} escape {o.EscapeChar} missing {o.MissingRealsAsNaNs} multi {o.ReadMultilines}\n"
        + string.Join(", ", o.Columns.Select(c => $"{c.Name} {c.DataKind} {c.KeyCount?.Count}")) + "\n" + text.Replace("\r", "<r>").Replace("\0", "<0>").Replace("\t", "<t>");
}
