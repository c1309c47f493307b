# What is installed beside the program, and the Debian package:
#   cmake --preset release -DTOCSIN_DEBIAN=ON && cmake --build build/release
#   cd build/release && cpack
option(TOCSIN_DEBIAN "Install as Debian's package does, with /etc/tocsin, and set cpack up" OFF)
find_program(GZIP_PROGRAM gzip REQUIRED)

set(packed "${PROJECT_BINARY_DIR}/packed")
file(MAKE_DIRECTORY "${packed}")

# Debian wants manual pages and changelogs compressed, without a time stamp.
configure_file(packaging/debian/changelog.in "${packed}/changelog" @ONLY)
execute_process(COMMAND ${GZIP_PROGRAM} -9nc "${PROJECT_SOURCE_DIR}/CHANGELOG.md"
  OUTPUT_FILE "${packed}/CHANGELOG.md.gz" COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${GZIP_PROGRAM} -9nc "${packed}/changelog"
  OUTPUT_FILE "${packed}/changelog.gz" COMMAND_ERROR_IS_FATAL ANY)
install(FILES "${packed}/CHANGELOG.md.gz" DESTINATION ${CMAKE_INSTALL_DOCDIR})
if(TOCSIN_DEBIAN)
  install(FILES "${packed}/changelog.gz" DESTINATION ${CMAKE_INSTALL_DOCDIR})
endif()

# Manual pages come from the program itself: from its help and from the checker's table.
foreach(page tocsin.1 tocsin.yaml.5)
  string(REGEX MATCH "[0-9]$" section ${page})
  string(REGEX REPLACE "\\.[0-9]$" "" name ${page})
  install(CODE "execute_process(COMMAND \"$<TARGET_FILE:tocsin>\" manual ${name}
      COMMAND ${GZIP_PROGRAM} -9nc OUTPUT_FILE \"${packed}/${page}.gz\"
      COMMAND_ERROR_IS_FATAL ANY)")
  install(FILES "${packed}/${page}.gz" DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section})
endforeach()

install(FILES packaging/debian/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES examples/smallest.yaml examples/desk.yaml DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)
install(FILES packaging/prometheus/tocsin.rules.yml packaging/prometheus/prometheus.yml
  packaging/grafana/tocsin.json DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)
install(FILES packaging/systemd/tocsin.service DESTINATION lib/systemd/system)
install(FILES packaging/systemd/tocsin.sysusers DESTINATION lib/sysusers.d RENAME tocsin.conf)
install(FILES packaging/systemd/tocsin.tmpfiles DESTINATION lib/tmpfiles.d RENAME tocsin.conf)

# Completions come from the program itself, so they know what it knows.
foreach(completion bash:bash-completion/completions:tocsin zsh:zsh/vendor-completions:_tocsin
    fish:fish/vendor_completions.d:tocsin.fish)
  string(REPLACE ":" ";" completion ${completion})
  list(GET completion 0 shell)
  list(GET completion 1 folder)
  list(GET completion 2 name)
  set(written "${packed}/${shell}/${name}")
  install(CODE "file(MAKE_DIRECTORY \"${packed}/${shell}\")
    execute_process(COMMAND \"$<TARGET_FILE:tocsin>\" completion ${shell}
      OUTPUT_FILE \"${written}\" COMMAND_ERROR_IS_FATAL ANY)")
  install(FILES "${written}" DESTINATION ${CMAKE_INSTALL_DATADIR}/${folder})
endforeach()

if(NOT TOCSIN_DEBIAN)
  return()
endif()
install(FILES packaging/tocsin.yaml DESTINATION /etc/tocsin)
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME tocsin)
set(CPACK_PACKAGE_CONTACT "tocsin maintainers <maintainers@tocsin.example>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ
  GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
string(JOIN ", " CPACK_DEBIAN_PACKAGE_DEPENDS ca-certificates tzdata
  "systemd-standalone-sysusers | systemd | systemd-sysusers"
  "systemd-standalone-tmpfiles | systemd | systemd-tmpfiles")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "alerts when news feeds mention what you watch")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "Polls RSS, Atom and JSON feeds, matches their articles
against watched names and topics, and delivers each alert
at least once by mail or webhook.")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA "${PROJECT_SOURCE_DIR}/packaging/debian/postinst"
  "${PROJECT_SOURCE_DIR}/packaging/debian/prerm" "${PROJECT_SOURCE_DIR}/packaging/debian/postrm"
  "${PROJECT_SOURCE_DIR}/packaging/debian/conffiles")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
include(CPack)
