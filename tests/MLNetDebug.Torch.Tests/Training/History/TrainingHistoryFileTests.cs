using MLNetDebug.Torch.Tests.Runtime;
using MLNetDebug.Torch.Training;
using MLNetDebug.Torch.Zoo.History;
using static MLNetDebug.Torch.Tests.Training.History.HistoryRecordSamples;

namespace MLNetDebug.Torch.Tests.Training.History;

[TestClass]
public sealed class TrainingHistoryFileTests
{
    private const string Run = """{"kind":"run","schema":"mlnetdebug/history/0","started":"2030-01-02T03:04:05Z"}""" + "\n";

    private static readonly byte[] Json = [.. "{}[]\":,0123456789truefalsenullkindstepNaN\\ud8\n"u8];

    [TestMethod]
    public void AnEmptyFile_HasNoRuns() => Assert.IsEmpty(Read("").Runs);

    [TestMethod]
    public void UnknownMembersAndKinds_EmptyLines_AndMissingMembersWithDefaults_AreTaken()
    {
        var file = Read(Run + """
            {"kind":"step","loss":1,"step":5,"new":{"a":[1,2]}}

            {"kind":"weather","sun":true}
            {"kind":"event","event":"sang","step":5,"text":"la"}
            {"kind":"epoch","epoch":1,"validation":{"perplexity":3}}
            """);
        var run = file.Runs.Single();
        AssertEqual(new StepRecord { Step = 5, Loss = 1 }, run.Steps.Single());
        Assert.AreEqual(new EpochRecord { Epoch = 1, Validation = new ValidationRecord() }, run.Epochs.Single());
        Assert.IsEmpty(run.Events);
        Assert.AreEqual((false, 2L), (file.IsTorn, file.UnknownLines));
        Assert.AreEqual(new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero), run.Started);
    }

    [TestMethod]
    public void ATornLastLine_IsLeftOut()
    {
        var file = Read(Run + "{\"kind\":\"step\",\"step\":0,\"loss\":1}\n{\"kind\":\"step\",\"st");
        Assert.IsTrue(file.IsTorn);
        Assert.HasCount(1, file.Runs.Single().Steps);
    }

    [TestMethod]
    [DataRow("{\"kind\":\"step\",\"st\n", "it is no JSON, from byte ")]
    [DataRow("\0\0\0\n", "it is no JSON, from byte 0 on")]
    [DataRow("[1]\n", "an object was expected")]
    [DataRow("{\"step\":1}\n", "it has no 'kind'")]
    [DataRow("{\"kind\":7}\n", "'kind' is not a text")]
    [DataRow("{\"kind\":\"step\",\"loss\":1}\n", "it has no 'step'")]
    [DataRow("{\"kind\":\"step\",\"step\":1}\n", "it has no 'loss'")]
    [DataRow("{\"kind\":\"step\",\"step\":1.5,\"loss\":1}\n", "'step' is not a whole number")]
    [DataRow("{\"kind\":\"step\",\"step\":1,\"loss\":\"nan\"}\n", "'loss' is not a number, \"NaN\", \"Infinity\" or \"-Infinity\"")]
    [DataRow("{\"kind\":\"step\",\"step\":1,\"loss\":1,\"epoch\":3000000000}\n", "'epoch' is not a smaller number")]
    [DataRow("{\"kind\":\"step\",\"step\":1,\"loss\":1,\"isTaken\":1}\n", "'isTaken' is not true or false")]
    [DataRow("{\"kind\":\"step\",\"step\":1,\"loss\":1,\"terms\":[1]}\n", "'terms' is not an object")]
    [DataRow("{\"kind\":\"step\",\"step\":1,\"loss\":1,\"parameters\":[1]}\n", "an object was expected")]
    [DataRow("{\"kind\":\"step\",\"step\":1,\"loss\":1,\"parameters\":[{\"name\":\"\\ud83d\"}]}\n", "a text in it is no Unicode")]
    [DataRow("{\"kind\":\"run\",\"schema\":\"mlnetdebug/history/1\"}\n", "its schema is 'mlnetdebug/history/1', and this version reads mlnetdebug/history/0")]
    public void AWrongLine_IsNamed(string line, string why)
    {
        var error = Assert.ThrowsExactly<InvalidDataException>(() => Read(Run + "{\"kind\":\"step\",\"step\":0,\"loss\":1}\n" + line + Run));
        Assert.StartsWith("Line 3 of '", error.Message);
        Assert.Contains(why, error.Message);
    }

    [TestMethod]
    public void AFileThatDoesNotBeginWithARun_IsNoHistory()
    {
        var error = Assert.ThrowsExactly<InvalidDataException>(() => Read("{\"kind\":\"step\",\"step\":0,\"loss\":1}\n"));
        Assert.Contains("the first line is not that of a run with the schema mlnetdebug/history/0", error.Message);
    }

    [TestMethod]
    public void AFileThatIsNotThere_IsAnIOException() => Assert.Throws<IOException>(() => TrainingHistoryFile.Read("no such file"));

    [TestMethod]
    public void LinesLongerThanABlock_AreRead()
    {
        var text = new string('x', 200_000);
        var file = Read(Run + string.Concat(Enumerable.Range(0, 3).Select(i => $$"""{"kind":"step","step":{{i}},"loss":1,"note":"{{text}}"}""" + "\n")));
        CollectionAssert.AreEqual(new[] { 0L, 1, 2 }, file.Runs.Single().Steps.Select(s => s.Step).ToArray());
    }

    [TestMethod]
    public void Fuzz_FlippedCutAndRandomBytes_GiveAFileOrASentence()
    {
        using var folder = new TemporaryFolder();
        using (var history = new JsonLinesHistory(folder["run.jsonl"], histogramEvery: 10))
        {
            var run = new SyntheticRun(1);
            for (var step = 490; step < 510; step++)
                run.Write(step, history);
            history.Add(Full(510));
            history.Add(Event(510));
            history.Add(Epoch(1));
        }

        var whole = File.ReadAllBytes(folder["run.jsonl"]);
        var random = new Random(7);
        var read = 0;
        for (var i = 0; i < 3_000; i++)
        {
            File.WriteAllBytes(folder["fuzzed"], Fuzzed(whole, i % 4, random));
            try
            {
                TrainingHistoryFile.Read(folder["fuzzed"]);
                read++;
            }
            catch (InvalidDataException error)
            {
                Assert.StartsWith("Line ", error.Message);
            }
        }

        Assert.IsTrue(read is > 300 and < 2_700, $"{read} were read.");
    }

    private static byte[] Fuzzed(byte[] whole, int how, Random random)
    {
        var bytes = how == 1 ? whole[..random.Next(whole.Length)] : (byte[])whole.Clone();
        switch (how)
        {
            case 0:
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                random.NextBytes(bytes.AsSpan(random.Next(bytes.Length - 20), random.Next(1, 20)));
                break;
            case 3:
                // Behind a good first line: what is random from the start fails there.
                random.NextBytes(bytes = new byte[random.Next(300)]);
                bytes = [.. Run.Select(c => (byte)c), .. bytes.Select(AsJson)];
                break;
        }

        return bytes;

        // Half of it of JSON's own characters.
        static byte AsJson(byte b) => b < 128 ? Json[b % Json.Length] : b;
    }

    private static TrainingHistoryFile Read(string text)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["run.jsonl"], text);
        return TrainingHistoryFile.Read(folder["run.jsonl"]);
    }
}
