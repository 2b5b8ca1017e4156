using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.TorchSharp.AutoFormerV2;
using Microsoft.ML.TorchSharp.NasBert;
using Microsoft.ML.TorchSharp.Roberta;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;
using MLNetDebug.Zoo.Views;

namespace MLNetDebug.Tests.Guards.Taps;

/// <summary>Each fault of a row, in the row where it was planted and in no other.</summary>
[TestClass]
public sealed class ClosedRowsTapTests
{
    private static readonly StandInOptions Options = new();

    [TestMethod]
    public void Texts_without_a_word_are_empty()
    {
        var tap = Texts(["one two", "", "  \t\n ", "three", null]);
        CollectionAssert.AreEqual(new long[] { 1, 2, 4 }, tap.Empty.Rows.ToArray());
        Assert.AreEqual(0, tap.Cut.Count);
        Assert.AreEqual(5, tap.Rows);
    }

    [TestMethod]
    public void Texts_of_512_words_are_cut_and_those_of_511_are_not()
    {
        var tap = Texts([Words(511), Words(512), " " + Words(511) + "  ", Words(2000)]);
        CollectionAssert.AreEqual(new long[] { 1, 3 }, tap.Cut.Rows.ToArray());
        Assert.AreEqual(0, tap.Empty.Count);
    }

    [TestMethod]
    public void Two_sentences_share_their_512_tokens_and_either_may_be_empty()
    {
        var options = new StandInOptions { Sentence2ColumnName = "Sentence2" };
        var view = new MemoryView(3, MemoryColumns.Text("Sentence1", [Words(300), "a", "a b"]), MemoryColumns.Text("Sentence2", [Words(212), "", "c"]));
        var tap = Read(new SentenceSimilarityTrainer(new MLContext(1), options), view);
        CollectionAssert.AreEqual(new long[] { 0 }, tap.Cut.Rows.ToArray());
        CollectionAssert.AreEqual(new long[] { 1 }, tap.Empty.Rows.ToArray());
    }

    [TestMethod]
    public void A_sentence_with_fewer_labels_than_words()
    {
        uint[][] labels = [[1, 2], [1, 2], [1, 2, 1], []];
        var view = new MemoryView(4, MemoryColumns.Text("Sentence1", ["two words", "now three words", "two words", "one"]), Labels(labels));
        var tap = Read(new NerTrainer(new MLContext(1), Options), view);
        CollectionAssert.AreEqual(new long[] { 1, 3 }, tap.Words.Rows.ToArray());
    }

    [TestMethod]
    public void Boxes_are_four_numbers_per_label()
    {
        float[][] boxes = [[1, 2, 3, 4], [1, 2, 3], [1, 2, 3, 4], [], [1, 2, 3, 4, 5, 6, 7, 8]];
        uint[][] labels = [[1], [1], [1, 2], [], [1, 2]];
        var column = MemoryColumns.Of("BoundingBoxes", new VectorDataViewType(NumberDataViewType.Single), boxes.Select(b => new VBuffer<float>(b.Length, b)).ToArray());
        var tap = Read(new ObjectDetectionTrainer(new MLContext(1), Options), new MemoryView(5, column, Labels(labels)));
        CollectionAssert.AreEqual(new long[] { 1, 2 }, tap.Boxes.Rows.ToArray());
        Assert.AreEqual(0, tap.Empty.Count);
    }

    [TestMethod]
    [DataRow("the answer is 42", "answer", 4, false)]
    [DataRow("the answer is 42", "answer", 3, true)]
    [DataRow("the answer is 42", "Answer", 4, true)]
    [DataRow("the answer is 42", "42", 14, false)]
    [DataRow("the answer is 42", "42", 15, true)]
    [DataRow("the answer is 42", "", 3, true)]
    [DataRow("the answer is 42", "answer", -1, true)]
    // The end of an answer there, counted in 32 bits, comes round to a small number.
    [DataRow("the answer is 42", "answer", int.MaxValue, true)]
    [DataRow("", "answer", 0, true)]
    public void An_answer_stands_where_its_index_says(string context, string answer, int start, bool isFault)
    {
        var view = new MemoryView(
            1, MemoryColumns.Text("Context", [context]), MemoryColumns.Text("Question", ["what?"]), MemoryColumns.Text("TrainingAnswer", [answer]),
            MemoryColumns.Of("AnswerIndex", NumberDataViewType.Int32, [start]));
        Assert.AreEqual(isFault ? 1 : 0, Read(new QATrainer(new MLContext(1), Options), view).Spans.Count);
    }

    [TestMethod]
    public void Columns_that_are_absent_or_of_another_type_are_left_to_other_rules()
    {
        var view = new MemoryView(2, MemoryColumns.Of<float>("Sentence1", NumberDataViewType.Single, [1, 2]), MemoryColumns.Of<float>("AnswerIndex", NumberDataViewType.Single, [1, 2]));
        foreach (var trainer in new object[] { new TextClassificationTrainer(new MLContext(1), Options), new QATrainer(new MLContext(1), Options), new ObjectDetectionTrainer(new MLContext(1), Options), new NerTrainer(new MLContext(1), Options) })
        {
            var tap = Read(trainer, view);
            Assert.AreEqual(2, tap.Rows);
            Assert.IsEmpty(tap.Columns);
            Assert.AreEqual(0, tap.Empty.Count + tap.Cut.Count + tap.Boxes.Count + tap.Spans.Count + tap.Words.Count);
        }
    }

    [TestMethod]
    public void Twenty_rows_are_named_and_all_counted()
    {
        var faults = new RowFaults();
        for (var i = 0; i < 100; i++)
            faults.Add(3 * i);
        Assert.AreEqual(100, faults.Count);
        CollectionAssert.AreEqual(Enumerable.Range(0, RowFaults.MaxRows).Select(i => 3L * i).ToArray(), faults.Rows.ToArray());
        Assert.AreEqual(100, FaultyRows.Of(faults).Count);
    }

    private static ClosedRowsTap Texts(string?[] texts) =>
        Read(new TextClassificationTrainer(new MLContext(1), Options), new MemoryView(texts.Length, MemoryColumns.Text("Sentence1", texts)));

    private static ClosedRowsTap Read(object trainer, IDataView view)
    {
        var taps = new ClosedTaps(ClosedTrainer.Of(trainer)!, view.Schema);
        ViewRows.Of(new TappedView(view, [.. taps.Taps]));
        return taps.Taps.OfType<ClosedRowsTap>().Single();
    }

    private static MemoryColumn Labels(uint[][] rows) =>
        MemoryColumns.Of("Label", new VectorDataViewType(new KeyDataViewType(typeof(uint), 3)), rows.Select(r => new VBuffer<uint>(r.Length, r)).ToArray());

    private static string Words(int count) => string.Join(' ', Enumerable.Repeat("w", count));
}
