using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Tests.Guards.Closed;

/// <summary>Saves an entry as Microsoft.ML.TorchSharp's transformers do: ML.NET's own methods write it, by reflection, for they are not public.</summary>
internal sealed class SavedNetwork(string entry, byte[] bytes) : ITransformer
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;

    public bool IsRowToRowMapper => false;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inputSchema;

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => throw new NotSupportedException("It maps no rows.");

    public IDataView Transform(IDataView input) => input;

    public void Save(ModelSaveContext ctx)
    {
        var version = typeof(ModelSaveContext).Assembly.GetType("Microsoft.ML.VersionInfo")!.GetConstructors(Hidden | BindingFlags.Public).Single()
            .Invoke(["SAVEDNET", 0x00010001u, 0x00010001u, 0x00010001u, typeof(SavedNetwork).Assembly.FullName, "SavedNetwork", null]);
        Call(ctx, "SetVersionInfo", version);
        Call(ctx, "SaveBinaryStream", entry, (BinaryWriter w) => w.Write(bytes));
    }

    private static void Call(ModelSaveContext context, string method, params object[] arguments) =>
        typeof(ModelSaveContext).GetMethod(method, Hidden)!.Invoke(context, arguments);
}
