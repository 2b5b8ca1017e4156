using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Data;
using MLNetDebug.Guards;
using MLNetDebug.Zoo.Views;

namespace MLNetDebug.Tests.Guards.Taps;

[TestClass]
public sealed class VectorLabelTapTests
{
    [TestMethod]
    public void Labels_are_counted_as_labels_and_missing_ones_as_rows()
    {
        var profile = Read([[1, 2, 2], [0, 4], [], [2, 0, 0]], zeroIsAClass: false);
        Assert.AreEqual("Label", profile.Name);
        Assert.AreEqual(ColumnKind.Key, profile.Kind);
        Assert.AreEqual(4, profile.Count);
        Assert.AreEqual(2, profile.Missing);
        CollectionAssert.AreEqual(new long[] { 1, 3 }, profile.MissingRows.ToArray());
        Assert.AreEqual("one 1, two 3, four 1", string.Join(", ", profile.Classes.Select(c => $"{c.Text} {c.Count}")));
        CollectionAssert.AreEqual(new double[] { 1, 2, 4 }, profile.Classes.Select(c => c.Value).ToArray());
        Assert.AreEqual(2, profile.AbsentKeyCount);
        CollectionAssert.AreEqual(new[] { "three", "five" }, profile.AbsentKeys.ToArray());
        Assert.IsTrue(profile.HasKeyValues);
        Assert.AreEqual(5ul, profile.KeyCount);
    }

    [TestMethod]
    public void Where_0_is_a_class_no_row_lacks_its_label()
    {
        var profile = Read([[0, 0], [0, 1]], zeroIsAClass: true);
        Assert.AreEqual(0, profile.Missing);
        Assert.IsEmpty(profile.MissingRows);
        // It is the class of words that are none: no key, and not counted among them.
        Assert.AreEqual("one", profile.Classes.Single().Text);
    }

    [TestMethod]
    public void What_a_sparse_vector_leaves_out_is_missing()
    {
        var tap = Tap([new VBuffer<uint>(3, [1, 2, 3]), new VBuffer<uint>(3, 1, [2], [0])], false);
        Assert.AreEqual(3, tap.Labels);
        CollectionAssert.AreEqual(new long[] { 1 }, tap.ToProfile().MissingRows.ToArray());
    }

    [TestMethod]
    public void The_first_20_rows_are_named_and_all_of_them_counted()
    {
        var profile = Read([.. Enumerable.Range(0, 90).Select(i => i % 2 == 0 ? new uint[] { 0 } : [1])], false);
        Assert.AreEqual(45, profile.Missing);
        CollectionAssert.AreEqual(Enumerable.Range(0, 20).Select(i => 2L * i).ToArray(), profile.MissingRows.ToArray());
    }

    [TestMethod]
    public void Numbers_without_values_are_named_by_themselves()
    {
        var profile = Tap([new VBuffer<uint>(2, [7, 9])], false, new VectorDataViewType(NumberDataViewType.UInt32)).ToProfile();
        Assert.AreEqual(ColumnKind.Number, profile.Kind);
        Assert.AreEqual("7,9", string.Join(",", profile.Classes.Select(c => c.Text)));
        Assert.IsFalse(profile.HasKeyValues);
        Assert.IsNull(profile.KeyCount);
        Assert.AreEqual(0, profile.AbsentKeyCount);
    }

    [TestMethod]
    public void Of_many_absent_keys_a_hundred_are_named()
    {
        var profile = Tap([new VBuffer<uint>(1, [5])], false, new VectorDataViewType(new KeyDataViewType(typeof(uint), 5000))).ToProfile();
        Assert.AreEqual(4999, profile.AbsentKeyCount);
        Assert.HasCount(100, profile.AbsentKeys);
        Assert.AreEqual("1,2,3,4,6", string.Join(",", profile.AbsentKeys.Take(5)));
    }

    [TestMethod]
    public void Only_vectors_of_unsigned_numbers_are_read()
    {
        var schema = EveryColumn.Of(1).Schema;
        Assert.IsNotNull(VectorLabelTap.Of(schema, "Keys", true));
        foreach (var other in new[] { "Key", "UInt32", "Dense", "Words", "Flags", "Absent", null })
            Assert.IsNull(VectorLabelTap.Of(schema, other, true), other);
    }

    private static LabelProfile Read(uint[][] rows, bool zeroIsAClass) => Tap([.. rows.Select(r => new VBuffer<uint>(r.Length, r))], zeroIsAClass).ToProfile();

    private static VectorLabelTap Tap(VBuffer<uint>[] rows, bool zeroIsAClass, VectorDataViewType? type = null)
    {
        string[] names = ["one", "two", "three", "four", "five"];
        var annotations = new DataViewSchema.Annotations.Builder();
        if (type is null)
        {
            annotations.Add("KeyValues", new VectorDataViewType(TextDataViewType.Instance, 5), (ref VBuffer<ReadOnlyMemory<char>> value) =>
                value = new VBuffer<ReadOnlyMemory<char>>(5, [.. names.Select(n => n.AsMemory())]));
        }

        var column = new MemoryColumn<VBuffer<uint>>("Label", type ?? new VectorDataViewType(new KeyDataViewType(typeof(uint), 5)), (long row, ref VBuffer<uint> value) => rows[row].CopyTo(ref value)) { Annotations = annotations.ToAnnotations() };
        var view = new MemoryView(rows.Length, column);
        var tap = VectorLabelTap.Of(view.Schema, "Label", zeroIsAClass)!;
        CollectionAssert.AreEqual(new[] { "Label" }, tap.Columns.ToArray());
        ViewRows.Of(new TappedView(view, tap));
        return tap;
    }
}
