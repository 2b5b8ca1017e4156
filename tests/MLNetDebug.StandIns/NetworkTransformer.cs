using Microsoft.ML.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.TorchSharp.NasBert;

/// <summary>The fitted network; its field has the name that is looked up.</summary>
public sealed class NetworkTransformer : ITransformer
{
    private readonly Network Model;
    private readonly StandInOptions _options;

    internal NetworkTransformer(Network model, StandInOptions options) => (Model, _options) = (model, options);

    public Network Fitted => Model;

    public bool IsRowToRowMapper => false;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Transform(new EmptyView(inputSchema)).Schema;

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => throw new NotSupportedException("The stand-in maps no rows one by one.");

    public void Save(ModelSaveContext ctx) => throw new NotSupportedException("The stand-in is not saved.");

    public IDataView Transform(IDataView input) => new ScoredView(input, this);

    private sealed class EmptyView(DataViewSchema schema) : IDataView
    {
        public bool CanShuffle => false;

        public DataViewSchema Schema { get; } = schema;

        public long? GetRowCount() => 0;

        public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => throw new NotSupportedException("There are no rows.");

        public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => throw new NotSupportedException("There are no rows.");
    }

    private sealed class ScoredView : IDataView
    {
        private readonly IDataView _source;
        private readonly NetworkTransformer _network;

        public ScoredView(IDataView source, NetworkTransformer network)
        {
            (_source, _network) = (source, network);
            var builder = new DataViewSchema.Builder();
            foreach (var column in source.Schema)
                builder.AddColumn(column.Name, column.Type, column.Annotations);
            var outputs = network.Model.Head.Outputs;
            builder.AddColumn("Score", outputs == 1 ? NumberDataViewType.Single : new VectorDataViewType(NumberDataViewType.Single, outputs));
            Schema = builder.ToSchema();
        }

        public bool CanShuffle => false;

        public DataViewSchema Schema { get; }

        public long? GetRowCount() => _source.GetRowCount();

        public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        {
            var text = _source.Schema[_network._options.Sentence1ColumnName];
            return new Cursor(this, _source.GetRowCursor(columnsNeeded.Where(c => c.Name != "Score").Select(c => _source.Schema[c.Index]).Append(text).DistinctBy(c => c.Index)), text);
        }

        public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];

        private sealed class Cursor(ScoredView view, DataViewRowCursor inner, DataViewSchema.Column text) : DataViewRowCursor
        {
            public override long Position => inner.Position;

            public override long Batch => 0;

            public override DataViewSchema Schema => view.Schema;

            public override bool IsColumnActive(DataViewSchema.Column column) => column.Name == "Score" || inner.IsColumnActive(inner.Schema[column.Index]);

            public override bool MoveNext() => inner.MoveNext();

            public override ValueGetter<DataViewRowId> GetIdGetter() => inner.GetIdGetter();

            public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
            {
                if (column.Name != "Score")
                    return inner.GetGetter<TValue>(inner.Schema[column.Index]);
                var read = inner.GetGetter<ReadOnlyMemory<char>>(text);
                var head = view._network.Model.Head;
                float[] Logits()
                {
                    ReadOnlyMemory<char> sentence = default;
                    read(ref sentence);
                    var encoded = new float[TrainerStandIn.Inputs];
                    TrainerStandIn.Encode(sentence.Span, encoded);
                    return head.forward(new Tensor(encoded, 1, encoded.Length)).Values;
                }

                Delegate getter = head.Outputs == 1
                    ? (ValueGetter<float>)((ref float value) => value = Logits()[0])
                    : (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) => value = new VBuffer<float>(head.Outputs, Logits()));
                return (ValueGetter<TValue>)getter;
            }
        }
    }
}
