using System.Globalization;
using MLNetDebug.Zoo.Data;

namespace MLNetDebug.Zoo.Bases;

/// <summary>Tables of numbers and categories, as business data has them.</summary>
internal static class MixedBases
{
    private static readonly string[] Work = ["Private", "Self", "Local", "State", "Federal", "?"];

    private static readonly double[] WorkShares = [0.70, 0.11, 0.07, 0.04, 0.03, 0.05];

    private static readonly string[] Trades = ["Craft", "Sales", "Clerical", "Service", "Transport", "Manager", "Professional", "Tech", "Farming", "Guard"];

    /// <summary>Looks like a census: age, years of schooling, hours, a gain that is mostly 0, and three categories; 24 % earn much.</summary>
    public static ZooTable Census(int seed)
    {
        var random = new ZooRandom(seed, "census");
        const int rows = 3000;
        float[][] columns = [.. Enumerable.Range(0, 4).Select(_ => new float[rows])];
        string[][] texts = [new string[rows], new string[rows], new string[rows]];
        var labels = new float[rows];
        for (var i = 0; i < rows; i++)
        {
            var age = Math.Clamp(17 + Math.Round(21 * Math.Abs(random.Normal()) + 8 * random.Uniform()), 17, 90);
            var school = Math.Clamp(Math.Round(10 + 2.6 * random.Normal()), 1, 16);
            var hours = random.Uniform() < 0.47 ? 40 : Math.Clamp(Math.Round(40 + 13 * random.Normal()), 1, 99);
            var gain = random.Uniform() < 0.92 ? 0 : Math.Round(Math.Exp(8 + random.Normal()));
            var trade = Math.Clamp((int)(school / 2 + 1.5 * random.Normal()), 0, Trades.Length - 1);
            var married = random.Uniform() < Math.Min(0.75, (age - 17) / 30);
            var score = -7.4 + 0.03 * age + 0.28 * school + 0.02 * hours + (gain > 5000 ? 2.5 : 0) + (married ? 1.8 : 0) + 0.08 * trade;
            (columns[0][i], columns[1][i], columns[2][i], columns[3][i]) = ((float)age, (float)school, (float)hours, (float)gain);
            (texts[0][i], texts[1][i], texts[2][i]) = (Work[random.Draw(WorkShares)], Trades[trade], married ? "Married" : "Single");
            labels[i] = random.Uniform() < 1 / (1 + Math.Exp(-score)) ? 1 : 0;
        }

        return new ZooTable
        {
            Columns = columns,
            Texts = [("Work", texts[0]), ("Trade", texts[1]), ("Marital", texts[2])],
            Label = labels,
            Classes = 2,
        };
    }

    /// <summary>Several visits of each of 400 patients: a patient's visits resemble one another, and the outcome is the patient's.</summary>
    public static ZooTable Clinic(int seed)
    {
        var random = new ZooRandom(seed, "clinic");
        var columns = Enumerable.Range(0, 6).Select(_ => new List<float>()).ToArray();
        List<string> wards = [];
        List<float> labels = [];
        List<uint> groups = [];
        for (var patient = 1u; patient <= 400; patient++)
        {
            var self = random.Normals(6);
            var outcome = self[0] + self[1] + 0.8 * random.Normal() > 0 ? 1f : 0f;
            for (var visit = 1 + random.Below(5); visit > 0; visit--)
            {
                for (var j = 0; j < 6; j++)
                    columns[j].Add(self[j] + (float)random.Normal());
                wards.Add("ward " + (1 + random.Below(8)).ToString(CultureInfo.InvariantCulture));
                labels.Add(outcome);
                groups.Add(patient);
            }
        }

        var table = new ZooTable
        {
            Columns = [.. columns.Select(c => c.ToArray())],
            Texts = [("Ward", [.. wards])],
            Label = [.. labels],
            Groups = [.. groups],
            Classes = 2,
        };
        return table.Select(random.Permutation(table.Rows));
    }

    /// <summary>4,000 rows of UCI Adult: six numbers, eight categories.</summary>
    public static ZooTable Adult(string path, int seed)
    {
        var cells = File.ReadLines(path).Skip(1).Where(l => l.Length > 0).Select(l => l.Split(',')).ToArray();
        var rows = new ZooRandom(seed, "adult").Permutation(cells.Length)[..4000].Select(r => cells[r]).ToArray();
        var width = rows[0].Length - 1;
        int[] numeric = [.. Enumerable.Range(0, width).Where(j => cells.Take(50).All(r => float.TryParse(r[j], CultureInfo.InvariantCulture, out _)))];
        return new ZooTable
        {
            Columns = [.. numeric.Select(j => rows.Select(r => float.Parse(r[j], CultureInfo.InvariantCulture)).ToArray())],
            Texts = [.. Enumerable.Range(0, width).Except(numeric).Select(j => ($"Text{j:00}", rows.Select(r => r[j].Trim()).ToArray()))],
            Label = [.. rows.Select(r => r[width].Trim() is "1" or ">50K" ? 1f : 0f)],
            Classes = 2,
        };
    }
}
