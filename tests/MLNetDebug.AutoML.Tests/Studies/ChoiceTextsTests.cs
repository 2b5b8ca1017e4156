using System.Globalization;
using System.Text.Json;
using CsCheck;
using MLNetDebug.AutoML.Studies;

namespace MLNetDebug.AutoML.Tests.Studies;

[TestClass]
public sealed class ChoiceTextsTests
{
    private static readonly Gen<string> Text = Gen.OneOf(Gen.String[Gen.Char[' ', '\uD7FF'], 1, 8], Gen.OneOfConst("\"", "[\"a\"]", "\n", "adam", "=1"));

    [TestMethod]
    public void Of_ReadsWhatSettingsNamed() => Gen.Select(Text, Text.HashSet[2, 6]).Sample((name, choices) =>
    {
        string[] texts = [.. choices];
        SearchOption[] options = [new ChoiceOption(name, texts), new NumberOption(name + "-number", 0, 1)];
        foreach (var known in (ChoiceTexts[])[ChoiceTexts.Of(Study(options)), ChoiceTexts.Of(new SearchSpace { Options = options })])
        {
            for (var i = 0; i < texts.Length; i++)
                Assert.AreEqual(texts[i], known[name, i]);
            foreach (var none in new[] { -1, 0.5, texts.Length, 1e300, double.NaN, double.PositiveInfinity })
                Assert.IsNull(known[name, none]);
            Assert.IsNull(known[name + "-number", 0]);
            CollectionAssert.AreEqual(new[] { name }, known.Names.ToArray());
        }
    });

    [TestMethod]
    public void Settings_AreWrittenWithoutReflection() => Assert.IsFalse(JsonSerializer.IsReflectionEnabledByDefault, "Else whoever serializes by reflection is not seen here.");

    [TestMethod]
    [DataRow("""{"options":{"a":"[\"x\",\"y\"]"}}""", 1, "y")]
    [DataRow("""{"options":{"a":"[\"x\",\"y\"]"}}""", 2, null)]
    [DataRow("""{"options":{"a":"[\"x\"]","a":"0 to 1"}}""", 0, null)]
    [DataRow("""{"options":{"b":"\ud83d","a":"[\"x\"]"}}""", 0, "x")]
    [DataRow("""{"options":{"a":"[null,\"x\"]"}}""", 0, null)]
    [DataRow("""{"options":{"a":["x"]}}""", 0, null)]
    [DataRow("""{"options":{}}""", 0, null)]
    public void Of_SettingsOfOthers_GivesTextsWhereTheyAre(string settings, int value, string? expected)
    {
        var choices = ChoiceTexts.Of(new StudyDefinition("s", settings));
        Assert.AreEqual(expected, choices["a", value]);
        Assert.AreEqual($"a {expected ?? value.ToString(CultureInfo.InvariantCulture)}", choices.Words(new TrialParameters([new("a", value)])));
    }

    [TestMethod]
    public void Of_TakesAnySettings() =>
        Gen.Select(Gen.OneOf(Gen.String, Gen.OneOfConst("{}", "[]", "null", """{"options":1}""", """{"options":{"a":1}}""", """{"options":{"a":"[1]"}}""", """{"options":{"a":"[null,\"x\"]"}}""", """{"options":{"a":"\ud83d"}}""", """{"options":{"a":"[\"x\"]","a":"0 to 1"}}""")), Gen.Double)
            .Sample((settings, value) =>
            {
                var words = ChoiceTexts.Of(new StudyDefinition("s", settings)).Words(new TrialParameters([new("a", double.IsFinite(value) ? value : 0)]));
                StringAssert.StartsWith(words, "a ");
            });

    [TestMethod]
    public void Words_StayOnOneLine()
    {
        var words = ChoiceTexts.Of(Study(new ChoiceOption("kind", ["a\n\u001B[31mb", new string('x', 500)])));
        Assert.IsFalse(words.Words(new TrialParameters([new("kind", 0)])).Any(char.IsControl));
        Assert.IsLessThan(300, words.Words(new TrialParameters([new("kind", 1)])).Length);
    }

    [TestMethod]
    public void Choice_OfASnapshot_IsWhatTheTrialWasGiven()
    {
        var plan = new TrialPlan(3, TrialKind.Search, new TrialParameters([new("kind", 1), new("width", 8)]), 1, 1);
        var study = new StudySnapshot(Study(new ChoiceOption("kind", ["a", "b"])), default, default, []);
        Assert.AreEqual("b", study.Choice(plan, "kind"));
        foreach (var name in new[] { "width", "absent" })
            StringAssert.Contains(Assert.ThrowsExactly<KeyNotFoundException>(() => study.Choice(plan, name)).Message, $"no choice '{name}'; its choices are: kind.");
        foreach (var none in (TrialParameters[])[new([]), new([new("kind", 2)])])
            StringAssert.Contains(Assert.ThrowsExactly<KeyNotFoundException>(() => study.Choice(plan with { Parameters = none }, "kind")).Message, "Trial 3 has no value of 'kind'");
    }

    private static StudyDefinition Study(params SearchOption[] options) => new("s", StudySettings.Of(new() { Metric = SweepMetric.Accuracy, Space = new() { Options = options } }));
}
