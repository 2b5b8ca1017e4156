using System.Globalization;
using System.Text;
using Microsoft.ML.Data;
using MLNetDebug.Zoo.Data;

namespace MLNetDebug.Zoo.Faults;

/// <summary>A text file in which a share of one column's cells is not a number, which <c>TextLoader</c> replaces without a word.</summary>
/// <param name="Slot">The column.</param>
/// <param name="Share">Share of the rows.</param>
/// <param name="Cell">What stands there, such as <c>n/a</c> or nothing.</param>
internal sealed record FileCells(int Slot, double Share, string Cell) : Fault
{
    /// <summary>The case itself is left as it is: the fault is in the file.</summary>
    public override ZooCase Apply(ZooCase healthy, ZooRandom random) => healthy;

    /// <summary>Writes the training rows as a file of comma-separated values without a header.</summary>
    public void Write(string path, ZooTable table, ZooRandom random)
    {
        var text = new StringBuilder();
        for (var i = 0; i < table.Rows; i++)
        {
            var cells = table.Columns.Select(c => c[i].ToString(CultureInfo.InvariantCulture)).ToArray();
            if (random.Uniform() < Share)
                cells[Slot] = Cell;
            text.AppendJoin(',', cells).Append(',').Append(table.Label[i].ToString(CultureInfo.InvariantCulture)).Append('\n');
        }

        File.WriteAllText(path, text.ToString());
    }

    /// <summary>How the user would load the file: one Single column per number.</summary>
    public static TextLoader.Options Loader(ZooTable table) => new()
    {
        Separators = [','],
        Columns =
        [
            .. table.Columns.Select((_, j) => new TextLoader.Column($"f{j:00}", Microsoft.ML.Data.DataKind.Single, j)),
            new TextLoader.Column("Label", Microsoft.ML.Data.DataKind.Single, table.Columns.Length),
        ],
    };
}
