using System.Text;

namespace MLNetDebug.AutoML.Tests.Export;

/// <summary>Reads RFC 4180 as the RFC has it: lines end with CR LF, and a quoted cell may hold anything.</summary>
internal static class CsvReading
{
    public static List<List<string>> Parse(string text)
    {
        var (lines, line, at) = (new List<List<string>>(), new List<string>(), 0);
        while (at < text.Length)
        {
            line.Add(Cell(text, ref at));
            if (text[at] == ',')
            {
                at++;
                continue;
            }

            Assert.AreEqual("\r\n", text.Substring(at, 2));
            at += 2;
            lines.Add(line);
            line = [];
        }

        Assert.AreEqual(0, line.Count, "the last line has no end");
        return lines;
    }

    private static string Cell(string text, ref int at)
    {
        var cell = new StringBuilder();
        if (text[at] != '"')
        {
            while (text[at] is not (',' or '\r'))
            {
                Assert.IsFalse(text[at] is '"' or '\n', "a cell that has to be quoted is not");
                cell.Append(text[at++]);
            }

            return cell.ToString();
        }

        for (at++; text[at] != '"' || text[at + 1] == '"'; at++)
        {
            if (text[at] == '"')
                at++;
            cell.Append(text[at]);
        }

        at++;
        return cell.ToString();
    }
}
