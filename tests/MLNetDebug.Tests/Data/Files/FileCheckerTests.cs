using CsCheck;

using Microsoft.ML.Data;

using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Files;

[TestClass]
public sealed class FileCheckerTests
{
    [TestMethod]
    [DataRow("", nameof(CellFate.EmptyToZero))]
    [DataRow("?", nameof(CellFate.MissingMark))]
    [DataRow("NA", nameof(CellFate.MissingMark))]
    [DataRow("abc", nameof(CellFate.TextToNaN))]
    [DataRow("inf", nameof(CellFate.TextToNaN))]
    [DataRow("\"3.5\"", nameof(CellFate.TextToNaN))]
    [DataRow("Infinity", nameof(CellFate.Infinite))]
    [DataRow("1e39", nameof(CellFate.Infinite))]
    [DataRow("16777217", nameof(CellFate.RoundedInteger))]
    public void Each_fate_is_counted_with_its_column_and_line(string cell, string expected)
    {
        var fate = Check($"a,b\n1,2\n3,{cell}\n\n5,{cell}\n", header: true).Fates.Single();
        Assert.AreEqual(expected, fate.Fate.ToString());
        Assert.AreEqual("Y", fate.Column);
        Assert.AreEqual("b", fate.SourceName);
        Assert.AreEqual(2, fate.Where.Count);
        Assert.AreEqual("3, 5", string.Join(", ", fate.Where.Lines));
    }

    [TestMethod]
    public void Numbers_the_loader_reads_as_they_stand_are_not_accused() =>
        Assert.IsEmpty(Check("1,2\n-3.5,1e-3\n 4 ,16777216\n33554432,.5\n").Fates);

    [TestMethod]
    public void Integers_booleans_and_dates_without_a_missing_value_become_zero_or_throw()
    {
        var options = Options(",", ("I", DataKind.Int32), ("B", DataKind.Boolean), ("D", DataKind.DateTime));
        var check = Check("1,true,2020-01-02\n,,\n3.7,maybe,soon\n", options);
        Assert.AreEqual(
            "I EmptyToZero 1, I Throws 1, B EmptyToDefault 1, B Throws 1, D EmptyToDefault 1, D Throws 1",
            string.Join(", ", check.Fates.Select(f => $"{f.Column} {f.Fate} {f.Where.Count}")));
    }

    [TestMethod]
    public void Missing_reals_asked_for_as_NaN_are_no_surprise()
    {
        var options = Options(",", ("X", DataKind.Single), ("Y", DataKind.Single));
        options.MissingRealsAsNaNs = true;
        Assert.IsEmpty(Check("1,\n,2\n", options).Fates);
    }

    [TestMethod]
    public void Keys_beyond_their_count_go_missing()
    {
        var options = new TextLoader.Options { Separators = [','], Columns = [new("K", DataKind.UInt32, [new TextLoader.Range(0)], new KeyCount(3)), new("X", DataKind.Single, 1)] };
        var fate = Check("1,5\n2,5\n3,5\n3,5\n", options).Fates.Single();
        Assert.AreEqual((CellFate.KeyToMissing, 2L), (fate.Fate, fate.Where.Count));
    }

    [TestMethod]
    public void Short_and_long_rows_are_counted()
    {
        var check = Check("1,2,3\n4,5,6\n7\n8,9,10,11\n12,13,14\n", Options(",", ("X", DataKind.Single), ("Y", DataKind.Single), ("Z", DataKind.Single)));
        Assert.AreEqual((1L, 3L), (check.ShortRows.Count, check.ShortRows.Lines.Single()));
        Assert.AreEqual((1L, 4L), (check.LongRows.Count, check.LongRows.Lines.Single()));
        Assert.IsNull(check.LikelySeparator);
    }

    [TestMethod]
    public void Columns_left_unread_at_the_end_are_no_long_rows() => Assert.AreEqual(0, Check("1,2,3\n4,5,6\n").LongRows.Count);

    [TestMethod]
    public void A_wrong_separator_is_recognised()
    {
        var check = Check("1;2\n3;4\n");
        Assert.AreEqual(2, check.ShortRows.Count);
        Assert.AreEqual(';', check.LikelySeparator);
    }

    [TestMethod]
    public void A_decimal_comma_is_recognised()
    {
        var check = Check("1,5;2\n2,5;3\n", Options(";", ("X", DataKind.Single), ("Y", DataKind.Single)));
        Assert.IsTrue(check.OtherDecimalMarker);
        Assert.IsFalse(Check("a;2\nb;3\n", Options(";", ("X", DataKind.Single), ("Y", DataKind.Single))).OtherDecimalMarker);
    }

    [TestMethod]
    public void A_header_that_is_not_named_and_a_row_taken_for_one_are_recognised()
    {
        Assert.IsTrue(Check("age,income\n1,2\n3,4\n").FirstRowIsHeader);
        Assert.IsTrue(Check("150,setosa\n1,2\n3,4\n").FirstRowIsHeader, "UCI iris has a header that begins with numbers");
        Assert.IsFalse(Check("1,2\n3,4\n").FirstRowIsHeader);
        Assert.IsFalse(Check("a,b\nc,d\ne,f\n").FirstRowIsHeader, "every row is text");
        Assert.IsFalse(Check("age,income\n1,2\n3,4\n", header: true).FirstRowIsHeader);
        Assert.IsTrue(Check("1,2\n3,4\n5,6\n", header: true).HeaderIsData);
        Assert.IsFalse(Check("age,2\n3,4\n", header: true).HeaderIsData);
    }

    [TestMethod]
    public void A_header_wider_than_the_slots_told_apart_is_still_recognised()
    {
        const int width = 100_010;
        var options = new TextLoader.Options { Separators = [','], Columns = [new TextLoader.Column("X", DataKind.Single, 0, width - 1)] };
        string Row(string cell) => string.Join(',', Enumerable.Repeat(cell, width));
        Assert.IsTrue(Check($"{Row("a")}\n{Row("1")}\n{Row("2")}\n", options).FirstRowIsHeader);
    }

    [TestMethod]
    public void Texts_beyond_the_bound_are_said_not_to_be_held_against_each_other()
    {
        var options = Options(",", ("C", DataKind.String), ("X", DataKind.Single));
        string Rows(int rows) => string.Concat(Enumerable.Range(0, rows).Select(i => $"{i},1\n"));
        Assert.IsEmpty(Check(Rows(100_000), options).NotChecked);
        Assert.Contains("first 100,000 different ones", Check(Rows(100_001), options).NotChecked.Single().Reason);
    }

    [TestMethod]
    public void Blanks_that_split_a_category_are_found_where_both_forms_stand()
    {
        var options = Options(",", ("C", DataKind.String), ("X", DataKind.Single));
        var fate = Check("red,1\nred ,2\nblue ,3\nred ,4\n", options).Fates.Single();
        Assert.AreEqual((CellFate.BlankTwin, 2L), (fate.Fate, fate.Where.Count));
        Assert.AreEqual("2, 4", string.Join(", ", fate.Where.Lines));
        Assert.IsEmpty(Check(" red,1\nred,2\n", options).Fates, "the loader drops leading spaces itself");
    }

    [TestMethod]
    public void Quotes_comments_and_bytes_that_are_no_text_are_noted()
    {
        var options = Options(",", ("C", DataKind.String), ("X", DataKind.Single));
        options.AllowQuoting = true;
        var check = Check("#note\n\"a,b\",1\n//left out\n\"a\"b,2\n\"c\",\"3\"\n", options);
        Assert.AreEqual((CellFate.BadQuote, 4L), (check.Fates.Single().Fate, check.Fates.Single().Where.Lines.Single()));
        Assert.AreEqual("1, 3", string.Join(", ", check.SkippedLines.Lines));
        Assert.AreEqual(3, check.Rows);

        using var file = new TempFile([0x63, 0xE9, 0x2C, 0x31, 0x0A]);
        Assert.AreEqual(CellFate.Undecodable, FileChecker.Check(file.Path, options).Fates.Single().Fate);

        options.ReadMultilines = true;
        Assert.AreEqual(2, Check("a,1\n\"b\nc,2\nd,3\n", options).UnclosedQuote);
    }

    [TestMethod]
    public void Without_columns_the_loaders_default_is_checked()
    {
        var check = Check("1\t2\t3\n4\t\t6\n", new TextLoader.Options());
        var fate = check.Fates.Single();
        Assert.AreEqual(("Features", 0, 1, 2L), (fate.Column, fate.Slot, fate.SourceIndex, fate.Where.Lines[0]));
    }

    [TestMethod]
    public void Sparse_lines_are_read_as_sparse()
    {
        var options = new TextLoader.Options { Separators = [' '], AllowSparse = true, Columns = [new("L", DataKind.Single, 0), new("F", DataKind.Single, 1, 5)] };
        var check = Check("1 5 0:3 4:x\n0 5 3:1 2:1\n", options);
        Assert.AreEqual((CellFate.TextToNaN, 4), (check.Fates.Single().Fate, check.Fates.Single().Slot));
        Assert.AreEqual(2, check.BadSparseRows.Lines.Single());
        Assert.AreEqual(0, check.ShortRows.Count);
    }

    [TestMethod]
    public void Bad_arguments_get_one_sentence()
    {
        Assert.ThrowsExactly<FileNotFoundException>(() => FileChecker.Check(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString()), new TextLoader.Options()));
        Assert.ThrowsExactly<ArgumentNullException>(() => FileChecker.Check(null!, new TextLoader.Options()));
        using var file = new TempFile("1,2\n3\n");
        var ragged = new TextLoader.Options { Separators = [','], Columns = [new("F", DataKind.Single, [new TextLoader.Range(0, null)])] };
        Assert.Contains("not consistent", Assert.ThrowsExactly<ArgumentException>(() => FileChecker.Check(file.Path, ragged)).Message);
        Assert.ThrowsExactly<OperationCanceledException>(() => FileChecker.Check(file.Path, Options(",", ("X", DataKind.Single)), new CancellationToken(true)));
    }

    [TestMethod]
    public void Any_bytes_give_a_check_or_one_clear_exception() =>
        Gen.Select(Gen.Byte.Array[0, 200], Gen.Bool, Gen.Bool, Gen.Bool, Gen.Int[0, 3]).Sample(
            (bytes, quoting, sparse, header, columns) =>
            {
                using var file = new TempFile(bytes);
                var options = new TextLoader.Options { AllowQuoting = quoting, AllowSparse = sparse, HasHeader = header, ReadMultilines = true, Separators = [','] };
                if (columns > 0)
                    options.Columns = [new("A", DataKind.Single, 0), new("B", DataKind.String, columns), new("C", DataKind.Int32, 0, 2)];
                try
                {
                    Assert.IsGreaterThanOrEqualTo(0, FileChecker.Check(file.Path, options).Rows);
                }
                catch (ArgumentException e)
                {
                    Assert.StartsWith("ML.NET's text loader refuses these options", e.Message);
                }
            },
            iter: 300,
            threads: 1);

    private static FileCheck Check(string text, bool header = false)
    {
        var options = Options(",", ("X", DataKind.Single), ("Y", DataKind.Single));
        options.HasHeader = header;
        return Check(text, options);
    }

    private static FileCheck Check(string text, TextLoader.Options options)
    {
        using var file = new TempFile(text);
        return FileChecker.Check(file.Path, options);
    }

    internal static TextLoader.Options Options(string separators, params (string Name, DataKind Kind)[] columns) => new()
    {
        Separators = [.. separators],
        Columns = [.. columns.Select((c, i) => new TextLoader.Column(c.Name, c.Kind, i))],
    };
}
