using CsCheck;
using Microsoft.ML;
using MLNetDebug.Predictions;
using MLNetDebug.Tests.Pipeline;

namespace MLNetDebug.Tests.Predictions.Parameters;

[TestClass]
public sealed class TorchModelReaderTests
{
    [TestMethod]
    public void Any_tensors_are_read_as_they_were_written() => SavedTensors.Several.Sample(tensors =>
    {
        using var stream = new MemoryStream(TorchModelWriter.Write(tensors));
        var read = TorchModelReader.ReadTensors(stream);
        Assert.AreEqual(stream.Length, stream.Position, "Not a byte is left.");
        CollectionAssert.AreEqual(tensors.Select(Expected).ToArray(), read.ToArray());
    }, iter: 1000, threads: 1);

    [TestMethod]
    // The first bytes of networks that Microsoft.ML.TorchSharp 0.23.1 saved, up to the first value.
    [DataRow("90012650726564696374696F6E486561642E436C61737369666965722E64656E73652E776569676874060203C001", "PredictionHead.Classifier.dense.weight", 3, 192)]
    [DataRow("80011F4E6572486561642E436C61737369666965722E64656E73652E7765696768740602058003", "NerHead.Classifier.dense.weight", 5, 384)]
    [DataRow("E002236261636B626F6E652E70617463685F656D6265642E7365712E302E632E776569676874060420030303", "backbone.patch_embed.seq.0.c.weight", 32, 3, 3, 3)]
    public void Headers_of_real_networks(string hex, string name, params int[] shape)
    {
        var header = Convert.FromHexString(hex);
        var elements = shape.Aggregate(1, (n, d) => n * d);
        var tensor = new SavedTensor(name, 6, [.. shape.Select(d => (long)d)], new byte[4 * elements]);
        // The count stands in two bytes in all of them.
        CollectionAssert.AreEqual(header[2..], TorchModelWriter.Write(tensor)[1..(header.Length - 1)], "The writer of these tests writes what the real one does.");
        using var one = new MemoryStream([1, .. header[2..], .. tensor.Raw]);
        Assert.AreEqual(new ParameterTensor(name, elements, 0, 0), TorchModelReader.ReadTensors(one).Single());
    }

    [TestMethod]
    public void Values_are_not_cut_where_the_stream_or_the_buffer_ends()
    {
        float[] values = [.. Enumerable.Range(0, 50_000).Select(i => i % 7 == 0 ? float.NaN : i)];
        var bytes = TorchModelWriter.Write(TorchModelWriter.Floats("a", values), TorchModelWriter.Floats("b", 1, -2, float.PositiveInfinity));
        using var stream = new HesitantStream(bytes);
        CollectionAssert.AreEqual(
            new[] { new ParameterTensor("a", 50_000, 7143, 49_999), new ParameterTensor("b", 3, 1, 2) }, TorchModelReader.ReadTensors(stream).ToArray());
    }

    [TestMethod]
    public void Every_network_of_a_model_is_read_and_nothing_else()
    {
        var network = TorchModelWriter.Write(TorchModelWriter.Floats("w", 1, float.NaN));
        using var zip = new MemoryStream(TorchModelWriter.Zip(
            ("TransformerChain/Transform_000/Model.key", [1, 2, 3]), ("TransformerChain/Transform_001/TSModel", network), ("TransformerChain/NotTSModel", [255]),
            ("TransformerChain/Transform_002/TSModel", TorchModelWriter.Write(TorchModelWriter.Floats("v", 5)))));
        var profile = TorchModelReader.Read(zip)!;
        CollectionAssert.AreEqual(new[] { new ParameterTensor("w", 2, 1, 1), new ParameterTensor("v", 1, 0, 5) }, profile.Tensors.ToArray());
        Assert.AreEqual("saved model's TSModel", profile.Source);
        Assert.IsTrue(zip.CanRead, "The stream stays open.");
    }

    [TestMethod]
    public void A_model_without_a_network_gives_nothing()
    {
        var ml = new MLContext(1);
        var data = PipelineData.View(ml);
        using var file = new MemoryStream();
        ml.Model.Save(PipelineData.Concatenate(ml).Fit(data), data.Schema, file);
        file.Position = 0;
        Assert.IsNull(TorchModelReader.Read(file));
    }

    private static ParameterTensor Expected(SavedTensor tensor)
    {
        var values = SlowValues.Of(tensor.Type, tensor.Raw);
        return new ParameterTensor(tensor.Name, values.Length, SlowValues.NonFinite(values), SlowValues.MaxAbsolute(values));
    }

    /// <summary>Gives fewer bytes than asked for, as a decompressing stream does.</summary>
    private sealed class HesitantStream(byte[] bytes) : MemoryStream(bytes)
    {
        private int _reads;

        // Spans come here as well: a class made of MemoryStream has no way of its own for them.
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1 + (_reads++ % 997)));
    }
}
