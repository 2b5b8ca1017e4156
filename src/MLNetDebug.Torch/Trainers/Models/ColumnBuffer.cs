using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Torch.Trainers.Models;

/// <summary>Where a cursor stands in the rows that were read ahead.</summary>
internal sealed class Place
{
    public int At;
}

/// <summary>The values of one column of the rows that were read ahead.</summary>
internal abstract class ColumnBuffer
{
    /// <summary>A <see cref="ValueGetter{TValue}"/> of the row at the place.</summary>
    public abstract Delegate Getter { get; }

    /// <summary>Makes one for a column of any type.</summary>
    public static ColumnBuffer Create(DataViewRow input, DataViewSchema.Column column, int capacity, Place place)
    {
        var type = column.Type.RawType;
        var buffer = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(VBuffer<>)
            ? typeof(VectorBuffer<>).MakeGenericType(type.GetGenericArguments())
            : typeof(ValueBuffer<>).MakeGenericType(type);
        return (ColumnBuffer)Activator.CreateInstance(buffer, input, column, capacity, place)!;
    }

    /// <summary>Keeps the value of the row the input stands at.</summary>
    public abstract void Read(int row);
}

/// <inheritdoc cref="ColumnBuffer"/>
internal sealed class ValueBuffer<T> : ColumnBuffer
{
    private readonly T?[] _values;
    private readonly ValueGetter<T?> _read;

    public ValueBuffer(DataViewRow input, DataViewSchema.Column column, int capacity, Place place)
    {
        _values = new T[capacity];
        _read = input.GetGetter<T?>(column);
        Getter = (ValueGetter<T?>)((ref T? value) => value = _values[place.At]);
    }

    public override Delegate Getter { get; }

    public override void Read(int row)
    {
        // A getter of images writes into, or disposes of, the image it finds; that one was given away.
        _values[row] = default;
        _read(ref _values[row]);
    }
}

/// <inheritdoc cref="ColumnBuffer"/>
internal sealed class VectorBuffer<T> : ColumnBuffer
{
    private readonly VBuffer<T>[] _values;
    private readonly ValueGetter<VBuffer<T>> _read;

    public VectorBuffer(DataViewRow input, DataViewSchema.Column column, int capacity, Place place)
    {
        _values = new VBuffer<T>[capacity];
        _read = input.GetGetter<VBuffer<T>>(column);
        Getter = (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) => _values[place.At].CopyTo(ref value));
    }

    public override Delegate Getter { get; }

    public override void Read(int row) => _read(ref _values[row]);
}
