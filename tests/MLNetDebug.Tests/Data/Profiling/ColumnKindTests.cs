using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data;

[TestClass]
public sealed class ColumnKindTests
{
    private static readonly MLContext Ml = new(1);

    [TestMethod]
    public void EveryScalarKind_IsReadAsItsNumbers()
    {
        var start = new DateTime(2024, 5, 1);
        var rows = Enumerable.Range(0, 10).Select(i => new Scalars
        {
            Bool = i < 3,
            SByte = (sbyte)-i,
            Short = (short)(i * 100),
            UInt = (uint)i + 3_000_000_000,
            Long = i,
            Date = i == 4 ? default : start.AddDays(i),
            Span = TimeSpan.FromSeconds(i),
            Text = i == 2 ? string.Empty : new string('x', i + 1),
        });
        var profile = new DataProfiler().Profile(Ml.Data.LoadFromEnumerable(rows), new DataDeclaration());

        SlotProfile Slot(string name) => profile.Column(name)!.Slots.Single();
        Assert.AreEqual((ColumnKind.Boolean, 7L, 0.3), (profile.Column("Bool")!.Kind, Slot("Bool").Zeros, Math.Round(Slot("Bool").Mean, 12)));
        Assert.AreEqual((-9.0, 0.0), (Slot("SByte").Min, Slot("SByte").Max));
        Assert.AreEqual(450.0, Slot("Short").Mean, 1e-9);
        Assert.AreEqual(3_000_000_009.0, Slot("UInt").Max);
        Assert.AreEqual(4.5, Slot("Long").Mean, 1e-12);
        Assert.AreEqual((ColumnKind.Time, 1L, (double)start.Ticks), (profile.Column("Date")!.Kind, Slot("Date").Missing, Slot("Date").Min));
        CollectionAssert.AreEqual(new[] { 4L }, Slot("Date").MissingRows.ToArray());
        Assert.AreEqual(0, Slot("Span").Missing, "a duration of zero is a duration");
        Assert.AreEqual((ColumnKind.Text, 1L, 10.0), (profile.Column("Text")!.Kind, Slot("Text").Missing, Slot("Text").Max));
        Assert.AreEqual(9, Slot("Text").Sketch!.Distinct);
        Assert.IsEmpty(Slot("Text").Sketch!.Quantiles);
    }

    [TestMethod]
    public void Key_ZeroIsMissing_AndDeclaredValuesAreKnown()
    {
        var data = Ml.Data.LoadFromEnumerable(new[] { "a", "b", string.Empty, "a" }.Select(t => new { T = t }));
        var keyed = Ml.Transforms.Conversion.MapValueToKey("K", "T").Fit(data).Transform(data);
        var column = new DataProfiler().Profile(keyed, new DataDeclaration { Features = ["K"] }).Column("K")!;

        Assert.AreEqual((ColumnKind.Key, 2UL, true), (column.Kind, column.KeyCount!.Value, column.HasKeyValues));
        Assert.AreEqual((1L, 1.0, 2.0), (column.Slots[0].Missing, column.Slots[0].Min, column.Slots[0].Max));
    }

    [TestMethod]
    public void TextLabel_IsNumberedInOrderOfAppearance()
    {
        var data = Ml.Data.LoadFromEnumerable(new[] { "dog", "cat", string.Empty, "dog" }.Select((t, i) => new { Label = t, X = (float)i }));
        var profile = new DataProfiler().Profile(data, new DataDeclaration { Label = "Label" });

        Assert.AreEqual(1, profile.Label!.Missing);
        CollectionAssert.AreEqual(new[] { new ClassCount(1, "dog", 2), new ClassCount(2, "cat", 1) }, profile.Label.Classes.ToArray());
        CollectionAssert.AreEqual(new[] { 1f, 2f, float.NaN, 1f }, profile.Sample.Labels);
        Assert.AreEqual(ColumnRole.Label, profile.Column("Label")!.Role);
    }

    [TestMethod]
    public void TextLabelOfTooManyTexts_IsNotOneOfClasses_AndPartsStillMerge()
    {
        DataProfile Part(int from, int to) => new DataProfiler(new DataProfilerOptions { FirstRow = from }).Profile(
            Ml.Data.LoadFromEnumerable(Enumerable.Range(from, to - from).Select(i => new { Label = "text " + (i % 14_000), X = (float)i })),
            new DataDeclaration { Label = "Label" });

        var merged = DataProfile.Merge(Part(0, 11_500), Part(11_500, 16_000));
        Assert.IsTrue(merged.Label!.TooManyClasses);
        Assert.AreEqual(16_000, merged.Label.Count);
        Assert.AreEqual(16_000, merged.Duplicates!.Rows);
    }

    [TestMethod]
    public void SparseVector_AndItsDenseTwin_HaveOneProfile()
    {
        float[][] dense = [[0, 2, 0, float.NaN], [1, 0, -0f, 0], [0, 0, 0, 0]];
        var sparse = dense.Select(r =>
        {
            int[] slots = [.. Enumerable.Range(0, 4).Where(i => r[i] != 0)];
            return new Wide { Features = new VBuffer<float>(4, slots.Length, [.. slots.Select(i => r[i])], slots) };
        });
        DataProfile Profile(IEnumerable<Wide> rows) => new DataProfiler().Profile(Ml.Data.LoadFromEnumerable(rows, Schema<Wide>(4)), new DataDeclaration());

        ProfileAssert.AreEqual(Profile(dense.Select(r => new Wide { Features = new VBuffer<float>(4, r) })), Profile(sparse), 0);
    }

    [TestMethod]
    public void SlotNames_AndOneHotRanges_AreTakenFromTheSchema()
    {
        var data = Ml.Data.LoadFromEnumerable(new[] { "red", "blue", "red" }.Select((c, i) => new { Color = c, Size = (float)i }));
        var pipeline = Ml.Transforms.Categorical.OneHotEncoding("Color").Append(Ml.Transforms.Concatenate("Features", "Size", "Color"))
            .Append(Ml.Transforms.NormalizeMinMax("Scaled", "Size"));
        var profile = new DataProfiler().Profile(pipeline.Fit(data).Transform(data), new DataDeclaration { Features = ["Features", "Scaled"] });

        var column = profile.Column("Features")!;
        CollectionAssert.AreEqual(new[] { "Size", "Color.red", "Color.blue" }, column.Slots.Select(s => s.Name).ToArray());
        CollectionAssert.AreEqual(new[] { (1, 2) }, column.CategoricalRanges.ToArray());
        Assert.IsTrue(profile.Column("Scaled")!.IsNormalized);
        Assert.AreEqual(2, profile.Columns.Count(c => c.NotCheckedReason is not null), "Color and Size are no features here");
    }

    [TestMethod]
    public void VectorWithoutNames_NamesItsSlotsByNumber()
    {
        var data = Ml.Data.LoadFromEnumerable(new[] { new Wide { Features = new VBuffer<float>(2, [1, 2]) } }, Schema<Wide>(2));
        Assert.AreEqual("Features[1]", new DataProfiler().Profile(data, new DataDeclaration()).Column("Features")!.Slots[1].Name);
    }

    [TestMethod]
    public void VectorOfUnknownLength_IsNotCheckedButTellsRowsApart()
    {
        var texts = new[] { "a b c", "a", "a b c", "b" };
        var data = Ml.Data.LoadFromEnumerable(texts.Select(t => new { Text = t }));
        var tokens = Ml.Transforms.Text.TokenizeIntoWords("Words", "Text").Fit(data).Transform(data);
        var profile = new DataProfiler().Profile(tokens, new DataDeclaration { Features = ["Words"] });

        Assert.Contains("no fixed length", profile.Column("Words")!.NotCheckedReason!);
        Assert.IsEmpty(profile.FeatureColumns);
        Assert.AreEqual(1, profile.Duplicates!.DuplicateFeatures);
    }

    [TestMethod]
    public void Image_IsNotChecked_AndFingerprintsAreNotClaimed()
    {
        var data = Ml.Data.LoadFromEnumerable(new[] { new Picture(), new Picture() });
        var profile = new DataProfiler().Profile(data, new DataDeclaration { Features = ["Image", "X"] });

        Assert.IsNotNull(profile.Column("Image")!.NotCheckedReason);
        Assert.IsNull(profile.Duplicates, "rows may differ in what was not read");
        Assert.AreEqual("X", profile.FeatureColumns.Single().Name);
    }

    [TestMethod]
    public void HiddenColumn_IsSkipped()
    {
        var data = Ml.Data.LoadFromEnumerable(new[] { new { X = 1f }, new { X = 3f } });
        var shadowed = Ml.Transforms.NormalizeMinMax("X").Fit(data).Transform(data);
        var profile = new DataProfiler().Profile(shadowed, new DataDeclaration());

        Assert.HasCount(1, profile.Columns);
        Assert.AreEqual(1.0, profile.Column("X")!.Slots[0].Max, 1e-6);
    }

    private static SchemaDefinition Schema<T>(int width)
    {
        var schema = SchemaDefinition.Create(typeof(T));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, width);
        return schema;
    }

    private sealed class Scalars
    {
        public bool Bool { get; set; }

        public sbyte SByte { get; set; }

        public short Short { get; set; }

        public uint UInt { get; set; }

        public long Long { get; set; }

        public DateTime Date { get; set; }

        public TimeSpan Span { get; set; }

        public string Text { get; set; } = string.Empty;
    }

    private sealed class Wide
    {
        public VBuffer<float> Features;
    }

    private sealed class Picture
    {
        [Microsoft.ML.Transforms.Image.ImageType(2, 2)]
        public MLImage Image { get; set; } = MLImage.CreateFromPixels(2, 2, MLPixelFormat.Bgra32, new byte[16]);

        public float X { get; set; }
    }
}
