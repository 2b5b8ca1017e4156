using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Tests.Data;

/// <summary>The real data sets that ship with the QuickStart sample.</summary>
internal static class RealData
{
    public static IDataView Load(string file, int features, bool header, string labelColumn = "Label") =>
        new MLContext(1).Data.LoadFromTextFile(
            Path.Combine(Folder(), file),
            new TextLoader.Options
            {
                Separators = [','],
                HasHeader = header,
                Columns =
                [
                    new TextLoader.Column("Features", DataKind.Single, 0, features - 1),
                    new TextLoader.Column(labelColumn, DataKind.Single, features),
                ],
            });

    public static float[][] Cells(string file, bool header) =>
        [.. File.ReadLines(Path.Combine(Folder(), file)).Skip(header ? 1 : 0).Select(line => Array.ConvertAll(line.Split(','), c => float.Parse(c, CultureInfo.InvariantCulture)))];

    private static string Folder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "..", "samples", "QuickStart", "data"));
}
