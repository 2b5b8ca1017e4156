using MLNetDebug.AutoML.Studies.Sql;

namespace MLNetDebug.AutoML.Tests.Studies;

[TestClass]
public sealed class SettingsDifferenceTests
{
    [TestMethod]
    [DataRow("""{"a":1,"b":[1,{"c":2}]}""", """{"b":[1, {"c":2}], "a":1}""")]
    [DataRow("not JSON", "not JSON")]
    public void Between_TheSameIsNull(string kept, string asked) => Assert.IsNull(SettingsDifference.Between(kept, asked));

    [TestMethod]
    [DataRow("""{"a":1,"b":2}""", """{"a":1,"b":3}""", "b (2 in the study, 3 asked)")]
    [DataRow("""{"a":1}""", """{"c":null}""", "a (1 in the study, absent asked), c (absent in the study, null asked)")]
    [DataRow("""{"a":"0123456789012345678901234567890123456789"}""", """{"a":{"b":[]}}""", "a (another value in the study, {\"b\":[]} asked)")]
    public void Between_NamesTheMembers(string kept, string asked, string expected) => Assert.AreEqual(expected, SettingsDifference.Between(kept, asked));

    [TestMethod]
    [DataRow("not JSON", "{}")]
    [DataRow("{}", "[]")]
    [DataRow("", "{}")]
    [DataRow("{\"a\":\"\\ud83d\"}", "{\"a\":\"b\"}")]
    [DataRow("{\"\\ud83d\":1}", "{\"a\":1}")]
    public void Between_TextsWithoutMembersSaysSo(string kept, string asked) => StringAssert.Contains(SettingsDifference.Between(kept, asked), "not both JSON objects");

    [TestMethod]
    public void Between_TooDeepJsonIsNoJson()
    {
        var deep = new string('[', 10_000) + new string(']', 10_000);
        StringAssert.Contains(SettingsDifference.Between(deep, "{}"), "not both JSON objects");
    }

    [TestMethod]
    public void Between_ALoneSurrogateIsNoJson()
    {
        const string Lone = "{\"a\":\"\uD83D\"}";
        StringAssert.Contains(SettingsDifference.Between(Lone, "{}"), "not both JSON objects");
    }
}
