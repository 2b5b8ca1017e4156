using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Data;

/// <summary>Moves the value of one column from the cursor into a block of rows, in canonical form.</summary>
internal abstract class ColumnReader(ColumnPlan plan)
{
    public ColumnPlan Plan { get; } = plan;

    public abstract void Read(RowBlock block, int row);

    /// <summary>The reader of a column.</summary>
    /// <param name="plan">The column.</param>
    /// <param name="column">The column in the cursor's schema.</param>
    /// <param name="row">The cursor.</param>
    /// <param name="firstRow">Position of the first row.</param>
    public static ColumnReader Create(ColumnPlan plan, DataViewSchema.Column column, DataViewRow row, long firstRow)
    {
        if (column.Type is VectorDataViewType { Size: 0 } vector)
            return UnknownLengthReader.Create(plan, vector.ItemType, column, row);
        var item = (column.Type as VectorDataViewType)?.ItemType ?? column.Type;
        if (plan.Kind == ColumnKind.Text)
            return plan.IsVector ? new TextVectorReader(plan, column, row) : new TextReader(plan, column, row);
        if (plan.IsWide)
            return new WideVectorReader(plan, column, row, firstRow);
        if (item == NumberDataViewType.Single)
            return plan.IsVector ? new SingleVectorReader(plan, column, row) : new SingleReader(plan, column, row);
        return NumberReader.Create(plan, item, column, row);
    }
}
