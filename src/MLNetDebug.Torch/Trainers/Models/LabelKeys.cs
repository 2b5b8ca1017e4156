using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Torch.Trainers.Models;

/// <summary>The key values of a label, of any type, taken out of the schema that held them: so that no data stays alive because of a model.</summary>
internal abstract class LabelKeys
{
    /// <summary>What ML.NET calls the annotation.</summary>
    public const string Kind = "KeyValues";

    /// <summary>Type of the annotation.</summary>
    public required VectorDataViewType Type { get; init; }

    /// <summary>The values as text, for the slots of a score.</summary>
    public abstract ReadOnlyMemory<char>[] Texts { get; }

    /// <summary>The key values of a column; null where it has none for that many classes.</summary>
    public static LabelKeys? Of(DataViewSchema.Column? column, int classes)
    {
        if (column?.Annotations.Schema.GetColumnOrNull(Kind)?.Type is not VectorDataViewType type || type.Size != classes)
            return null;
        var keys = (LabelKeys)Activator.CreateInstance(typeof(Values<>).MakeGenericType(type.ItemType.RawType))!;
        return keys.Take(column.Value.Annotations, type);
    }

    /// <summary>What tells two sets of key values apart.</summary>
    public static UInt128 DigestOf(LabelKeys? keys)
    {
        var hash = new XxHash128();
        hash.Append(Encoding.UTF8.GetBytes(keys?.Type.ToString() ?? ""));
        foreach (var text in keys?.Texts ?? [])
        {
            hash.Append(BitConverter.GetBytes(text.Length));
            hash.Append(Encoding.UTF8.GetBytes(text.ToString()));
        }

        return hash.GetCurrentHashAsUInt128();
    }

    /// <summary>Adds the values to the annotations of a column.</summary>
    public abstract void AddTo(DataViewSchema.Annotations.Builder annotations, string kind = Kind);

    protected abstract LabelKeys Take(DataViewSchema.Annotations annotations, VectorDataViewType type);

    private sealed class Values<T> : LabelKeys
    {
        private VBuffer<T> _values;

        public override ReadOnlyMemory<char>[] Texts => [.. _values.DenseValues().Select(TextOf)];

        public override void AddTo(DataViewSchema.Annotations.Builder annotations, string kind = Kind) =>
            annotations.Add(kind, Type, (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) => _values.CopyTo(ref value)));

        protected override LabelKeys Take(DataViewSchema.Annotations annotations, VectorDataViewType type)
        {
            var taken = new Values<T> { Type = type };
            annotations.GetValue(Kind, ref taken._values);
            return taken;
        }

        private static ReadOnlyMemory<char> TextOf(T value) => value switch
        {
            ReadOnlyMemory<char> text => text.ToString().AsMemory(),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture).AsMemory(),
            _ => (value?.ToString() ?? "").AsMemory(),
        };
    }
}
