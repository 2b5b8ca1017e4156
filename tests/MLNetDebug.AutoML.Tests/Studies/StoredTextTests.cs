using CsCheck;
using MLNetDebug.AutoML.Studies.Sql;

namespace MLNetDebug.AutoML.Tests.Studies;

[TestClass]
public sealed class StoredTextTests
{
    private static readonly Gen<string> Odd = Gen.OneOf(Gen.Char, Gen.OneOfConst('\0', '\u001A', '\uD83D', '\uDE00', '0', 'D')).Array[0, 12].Select(c => new string(c));

    [TestMethod]
    public void Of_GivesWhatDatabasesTakeAndParseGivesItBack() => Odd.Sample(text =>
    {
        var stored = StoredText.Of(text);
        Assert.IsFalse(stored.Contains('\0'));
        Assert.AreEqual(stored, string.Concat(stored.EnumerateRunes()), "a lone surrogate is left");
        Assert.AreEqual(text, StoredText.Parse(stored));
    });

    [TestMethod]
    public void Of_LeavesOrdinaryTextAsItIs()
    {
        const string Text = "it's C:\\temp, \"quoted\", \U0001F600";
        Assert.AreSame(Text, StoredText.Of(Text));
    }

    [TestMethod]
    [DataRow("\u001A")]
    [DataRow("x\u001A12")]
    [DataRow("\u001Axyz1")]
    public void Parse_LeavesWhatNoneOfOursWrote(string stored) => Assert.AreEqual(stored, StoredText.Parse(stored));
}
