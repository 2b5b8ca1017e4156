using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Mends;

[TestClass]
public sealed class DerivedCursorTests
{
    [TestMethod]
    public void A_cursor_stays_at_its_end_however_often_it_is_asked()
    {
        using var cursor = new ThreeRows();
        for (var row = 0; row < 3; row++)
        {
            Assert.IsTrue(cursor.MoveNext());
            Assert.AreEqual(row, cursor.Position);
        }

        for (var again = 0; again < 3; again++)
        {
            Assert.IsFalse(cursor.MoveNext());
            Assert.AreEqual(-1, cursor.Position);
        }
    }

    /// <summary>Knows its end by its position alone, as a sample in memory does.</summary>
    private sealed class ThreeRows() : DerivedCursor(new DataViewSchema.Builder().ToSchema())
    {
        public override bool IsColumnActive(DataViewSchema.Column column) => false;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => throw new NotSupportedException();

        public override ValueGetter<DataViewRowId> GetIdGetter() => throw new NotSupportedException();

        protected override bool MoveNextCore() => Position + 1 < 3;
    }
}
