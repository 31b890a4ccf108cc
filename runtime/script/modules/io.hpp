// The streams of module _io: bytes and text, in memory and on the simulated disk. A file's bytes
// are in memory anyway, so raw and buffered files are one class in C++ under several names.
#pragma once

#include <memory>
#include <string>

#include "runtime/script/files.hpp"
#include "runtime/value/native.hpp"
#include "runtime/value/objects.hpp"

namespace loopglass::script {

struct IoObject : value::Object {
    static value::Type* type;           // _io._IOBase
    static value::Type* raw_type;       // _io._RawIOBase
    static value::Type* buffered_type;  // _io._BufferedIOBase
    static value::Type* text_type;      // _io._TextIOBase
    bool closed = false;
    explicit IoObject(value::Type* its_type) : Object(its_type) {}
};

struct ByteFile : IoObject {
    static value::Type* type;  // _io.FileIO
    static value::Type* bytes_io_type;
    static value::Type* reader_type;
    static value::Type* writer_type;
    static value::Type* random_type;
    std::shared_ptr<OpenFile> open = std::make_shared<OpenFile>();
    bool reads = true, writes = true;
    int descriptor = -1;
    bool owns_descriptor = false;  // its end closes it
    value::Value name, raw;
    std::string mode;
    explicit ByteFile(value::Type* its_type) : IoObject(its_type) {}
    ~ByteFile() { close(); }

    [[nodiscard]] std::string& content() const { return open->node->bytes; }
    [[nodiscard]] size_t& at() const { return open->at; }
    [[nodiscard]] std::string_view rest() const { return open->rest(); }
    void write(std::string_view bytes);
    // Closes it, the raw file under it and a descriptor of its own.
    void close();
};

extern value::Type* g_unsupported_operation;  // io.UnsupportedOperation
value::Value unsupported(std::string_view what);
// False with a ValueError pending if the stream is closed.
[[nodiscard]] bool check_open(const IoObject* stream);
// True if an object is a ByteFile of any name.
[[nodiscard]] ByteFile* as_byte_file(const value::Value& value);

void define_io_bases();    // io_bases.cpp
void define_byte_files();  // io_bytes.cpp
void define_text_files();  // io_text.cpp
void add_text_files(const value::Value& module);
// open() in text mode on an open byte file.
[[nodiscard]] value::Value make_text_file(const value::Value& bytes, const value::Value& encoding,
                                          const value::Value& errors, const value::Value& newline,
                                          std::string mode);

}  // namespace loopglass::script
